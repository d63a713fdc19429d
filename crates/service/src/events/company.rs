//! What happens to companies.

use super::{EXAMPLE, events};
use crate::ops::company::CompanyDetail;
use g8_domain::{event::Ref, record::Company};

events! {
    CompanyDetail, |company: &CompanyDetail| vec![Ref::Company(company.row.id)], || acme().into() => {
        CompanyCreated = "company.created": "A new company was added";
        CompanyUpdated = "company.updated": "A company record was modified";
        CompanyDeleted = "company.deleted": "A company was deleted";
    }
}

/// The company of every example.
pub(super) fn acme() -> Company {
    Company {
        id: 7,
        name: Some("Acme".to_owned()),
        domain: Some("example.com".to_owned()),
        industry: Some("Software".to_owned()),
        employee_count: Some(120),
        created_at: EXAMPLE,
        updated_at: EXAMPLE,
        contact_count: 1,
        ..Company::default()
    }
}

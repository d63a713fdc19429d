//! What happens to people.

use super::{EXAMPLE, company::acme, events};
use crate::ops::contact::ContactDetail;
use g8_domain::{event::Ref, record::Contact};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

events! {
    ContactDetail, about, example => {
        ContactCreated = "contact.created" or "contact_created": "A new contact was added";
        ContactUpdated = "contact.updated": "A contact record was modified";
        ContactDeleted = "contact.deleted": "A contact was deleted";
    }
    Erasure, |gone: &Erasure| vec![Ref::Contact(gone.id)], || Erasure { id: 42, erased: true } => {
        ContactErased = "contact.erased": "A contact was erased for good; it is not said who it was";
    }
}

fn about(contact: &ContactDetail) -> Vec<Ref> {
    let company = contact.row.company_id.map(Ref::Company);
    std::iter::once(Ref::Contact(contact.row.id)).chain(company).collect()
}

fn example() -> ContactDetail {
    let contact = Contact {
        id: 42,
        first_name: Some("Ann".to_owned()),
        last_name: Some("Lee".to_owned()),
        work_email: Some("ann@example.com".to_owned()),
        job_title: Some("Head of Sales".to_owned()),
        created_at: EXAMPLE,
        updated_at: EXAMPLE,
        ..Contact::default()
    };
    ContactDetail::at(contact, Some(acme()))
}

/// Somebody was erased.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Erasure {
    /// Id of the contact that was
    pub id: i64,
    /// Always true
    pub erased: bool,
}

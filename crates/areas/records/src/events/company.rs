//! What happens to companies.

use crate::company::CompanyDetail;
use g8_core::{events, events::EXAMPLE};
use g8_domain::{Ts, event::Ref, record::Company};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

events! {
    CompanyPayload, |company: &CompanyPayload| vec![Ref::Company(company.id)], || CompanyDetail::from(acme()).into() => {
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

/// A company as events say it. Version 1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct CompanyPayload {
    pub id: i64,
    pub name: Option<String>,
    pub description: Option<String>,
    pub domain: Option<String>,
    pub website: Option<String>,
    pub industry: Option<String>,
    pub industry_group: Option<String>,
    pub employee_count: Option<String>,
    pub revenue: Option<String>,
    pub founded_year: Option<i64>,
    pub city: Option<String>,
    pub state: Option<String>,
    pub country: Option<String>,
    pub linkedin_url: Option<String>,
    pub linkedin_followers: Option<String>,
    pub logo_url: Option<String>,
    pub owner_id: Option<Uuid>,
    pub owner_name: Option<String>,
    /// Values by the fields' slugs; null unless asked for
    pub custom_fields: Option<Map<String, Value>>,
    pub phone: Option<String>,
    pub address: Option<String>,
    pub zip: Option<String>,
    pub facebook_url: Option<String>,
    pub twitter_url: Option<String>,
    pub crunchbase_url: Option<String>,
    pub meta_data: Map<String, Value>,
    /// Contacts who work there
    pub contact_count: i64,
    pub created_at: Ts,
    pub updated_at: Ts,
}

impl From<CompanyDetail> for CompanyPayload {
    fn from(view: CompanyDetail) -> Self {
        Self {
            id: view.row.id,
            name: view.row.name,
            description: view.row.description,
            domain: view.row.domain,
            website: view.row.website,
            industry: view.row.industry,
            industry_group: view.row.industry_group,
            employee_count: view.row.employee_count,
            revenue: view.row.revenue,
            founded_year: view.row.founded_year,
            city: view.row.city,
            state: view.row.state,
            country: view.row.country,
            linkedin_url: view.row.linkedin_url,
            linkedin_followers: view.row.linkedin_followers,
            logo_url: view.row.logo_url,
            owner_id: view.row.owner_id,
            owner_name: view.row.owner_name,
            custom_fields: view.row.custom_fields,
            phone: view.phone,
            address: view.address,
            zip: view.zip,
            facebook_url: view.facebook_url,
            twitter_url: view.twitter_url,
            crunchbase_url: view.crunchbase_url,
            meta_data: view.meta_data,
            contact_count: view.contact_count,
            created_at: view.created_at,
            updated_at: view.updated_at,
        }
    }
}

impl From<Company> for CompanyPayload {
    fn from(company: Company) -> Self {
        CompanyDetail::from(company).into()
    }
}

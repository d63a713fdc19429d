//! What happens to companies.

use g8_core::{events, events::EXAMPLE};
use g8_domain::{Ts, event::Ref};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

events! {
    CompanyPayload, |company: &CompanyPayload| vec![Ref::Company(company.id)], acme => {
        CompanyCreated = "company.created": "A new company was added";
        CompanyUpdated = "company.updated": "A company record was modified";
        CompanyDeleted = "company.deleted": "A company was deleted";
    }
}

/// The company of every example.
fn acme() -> CompanyPayload {
    CompanyPayload {
        id: 7,
        name: Some("Acme".to_owned()),
        description: None,
        domain: Some("example.com".to_owned()),
        website: None,
        industry: Some("Software".to_owned()),
        industry_group: None,
        employee_count: Some("120".to_owned()),
        revenue: None,
        founded_year: None,
        city: None,
        state: None,
        country: None,
        linkedin_url: None,
        linkedin_followers: None,
        logo_url: None,
        owner_id: None,
        owner_name: None,
        custom_fields: None,
        phone: None,
        address: None,
        zip: None,
        facebook_url: None,
        twitter_url: None,
        crunchbase_url: None,
        meta_data: Map::new(),
        contact_count: 1,
        created_at: EXAMPLE,
        updated_at: EXAMPLE,
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

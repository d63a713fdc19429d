//! A company as callers see it (contract/tools.md §4.1). Employees, revenue and followers are digits
//! in a text, as published.

use g8_domain::{Ts, record::Company};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

/// A company in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct CompanyRow {
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
}

impl From<Company> for CompanyRow {
    fn from(company: Company) -> Self {
        let digits = |number: Option<i64>| number.map(|number| number.to_string());
        Self {
            id: company.id,
            name: company.name,
            description: company.description,
            domain: company.domain,
            website: company.website,
            industry: company.industry,
            industry_group: company.industry_group,
            employee_count: digits(company.employee_count),
            revenue: digits(company.revenue),
            founded_year: company.founded_year,
            city: company.city,
            state: company.state,
            country: company.country,
            linkedin_url: company.linkedin_url,
            linkedin_followers: digits(company.linkedin_followers),
            logo_url: company.logo_url,
            owner_id: company.owner_id,
            owner_name: company.owner_name,
            custom_fields: None,
        }
    }
}

/// A company in full.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct CompanyDetail {
    #[serde(flatten)]
    pub row: CompanyRow,
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

impl From<Company> for CompanyDetail {
    fn from(mut company: Company) -> Self {
        Self {
            phone: company.phone.take(),
            address: company.address.take(),
            zip: company.zip.take(),
            facebook_url: company.facebook_url.take(),
            twitter_url: company.twitter_url.take(),
            crunchbase_url: company.crunchbase_url.take(),
            meta_data: match company.meta_data.take() {
                Value::Object(meta) => meta,
                _ => Map::new(),
            },
            contact_count: company.contact_count,
            created_at: company.created_at,
            updated_at: company.updated_at,
            row: company.into(),
        }
    }
}

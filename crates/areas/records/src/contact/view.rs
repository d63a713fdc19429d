//! A contact as callers see it (contract/tools.md §4.1).

use g8_domain::{
    Ts,
    record::{Company, Contact},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

/// A contact in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct ContactRow {
    pub id: i64,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub full_name: Option<String>,
    pub work_email: Option<String>,
    pub direct_phone: Option<String>,
    pub mobile_phone: Option<String>,
    pub job_title: Option<String>,
    pub job_department: Option<String>,
    pub seniority_level: Option<String>,
    pub linkedin_url: Option<String>,
    pub city: Option<String>,
    pub state: Option<String>,
    pub country: Option<String>,
    pub company_id: Option<i64>,
    pub company_name: Option<String>,
    pub company_domain: Option<String>,
    pub company_industry: Option<String>,
    /// Digits in a text, as published
    pub company_employee_count: Option<String>,
    /// 0 to 1
    pub confidence_score: Option<f64>,
    pub owner_id: Option<Uuid>,
    pub owner_name: Option<String>,
    /// Values by the fields' slugs; null unless asked for
    pub custom_fields: Option<Map<String, Value>>,
    pub updated_at: Ts,
}

impl From<Contact> for ContactRow {
    fn from(contact: Contact) -> Self {
        Self {
            id: contact.id,
            full_name: contact.full_name(),
            first_name: contact.first_name,
            last_name: contact.last_name,
            work_email: contact.work_email,
            direct_phone: contact.direct_phone,
            mobile_phone: contact.mobile_phone,
            job_title: contact.job_title,
            job_department: contact.job_department,
            seniority_level: contact.seniority_level,
            linkedin_url: contact.linkedin_url,
            city: contact.city,
            state: contact.state,
            country: contact.country,
            company_id: contact.company_id,
            company_name: contact.company_name,
            company_domain: contact.company_domain,
            company_industry: contact.company_industry,
            company_employee_count: contact.company_employee_count.map(|count| count.to_string()),
            confidence_score: contact.confidence_score,
            owner_id: contact.owner_id,
            owner_name: contact.owner_name,
            custom_fields: None,
            updated_at: contact.updated_at,
        }
    }
}

/// A contact in full.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct ContactDetail {
    #[serde(flatten)]
    pub row: ContactRow,
    pub personal_emails: Vec<String>,
    pub twitter_url: Option<String>,
    pub facebook_url: Option<String>,
    pub about: Option<String>,
    pub company: Option<EmployerView>,
    pub meta_data: Map<String, Value>,
    pub created_at: Ts,
}

/// What a contact shows of the company.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ContactCompany")]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct EmployerView {
    pub id: i64,
    pub name: Option<String>,
    pub domain: Option<String>,
    pub website: Option<String>,
    pub industry: Option<String>,
    pub employee_count: Option<String>,
    pub city: Option<String>,
    pub state: Option<String>,
    pub country: Option<String>,
    pub linkedin_url: Option<String>,
    pub logo_url: Option<String>,
}

impl From<Company> for EmployerView {
    fn from(company: Company) -> Self {
        Self {
            id: company.id,
            name: company.name,
            domain: company.domain,
            website: company.website,
            industry: company.industry,
            employee_count: company.employee_count.map(|count| count.to_string()),
            city: company.city,
            state: company.state,
            country: company.country,
            linkedin_url: company.linkedin_url,
            logo_url: company.logo_url,
        }
    }
}

impl ContactDetail {
    /// The full view of a contact and its company, whatever was read of the company with the contact.
    #[must_use]
    pub fn new(contact: Contact, company: Option<Company>) -> Self {
        let mut contact = employed(contact, company.as_ref());
        Self {
            personal_emails: std::mem::take(&mut contact.personal_emails),
            twitter_url: contact.twitter_url.take(),
            facebook_url: contact.facebook_url.take(),
            about: contact.about.take(),
            company: company.map(EmployerView::from),
            meta_data: match contact.meta_data.take() {
                Value::Object(meta) => meta,
                _ => Map::new(),
            },
            created_at: contact.created_at,
            row: contact.into(),
        }
    }
}

/// A contact with what a list shows of this company.
fn employed(contact: Contact, company: Option<&Company>) -> Contact {
    Contact {
        company_id: company.map(|company| company.id),
        company_name: company.and_then(|company| company.name.clone()),
        company_domain: company.and_then(|company| company.domain.clone()),
        company_industry: company.and_then(|company| company.industry.clone()),
        company_employee_count: company.and_then(|company| company.employee_count),
        company_country: company.and_then(|company| company.country.clone()),
        ..contact
    }
}

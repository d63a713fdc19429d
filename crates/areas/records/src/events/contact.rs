//! What happens to people.

use g8_core::{events, events::EXAMPLE};
use g8_domain::{Ts, event::Ref};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

events! {
    ContactPayload, about, example => {
        ContactCreated = "contact.created" or "contact_created": "A new contact was added";
        ContactUpdated = "contact.updated": "A contact record was modified";
        ContactDeleted = "contact.deleted": "A contact was deleted";
    }
    Erasure, |gone: &Erasure| vec![Ref::Contact(gone.id)], || Erasure { id: 42, erased: true } => {
        ContactErased = "contact.erased": "A contact was erased for good; it is not said who it was";
    }
}

fn about(contact: &ContactPayload) -> Vec<Ref> {
    let company = contact.company_id.map(Ref::Company);
    std::iter::once(Ref::Contact(contact.id)).chain(company).collect()
}

fn example() -> ContactPayload {
    ContactPayload {
        id: 42,
        first_name: Some("Ann".to_owned()),
        last_name: Some("Lee".to_owned()),
        full_name: Some("Ann Lee".to_owned()),
        work_email: Some("ann@example.com".to_owned()),
        direct_phone: None,
        mobile_phone: None,
        job_title: Some("Head of Sales".to_owned()),
        job_department: None,
        seniority_level: None,
        linkedin_url: None,
        city: None,
        state: None,
        country: None,
        company_id: Some(7),
        company_name: Some("Acme".to_owned()),
        company_domain: Some("example.com".to_owned()),
        company_industry: Some("Software".to_owned()),
        company_employee_count: Some("120".to_owned()),
        confidence_score: None,
        owner_id: None,
        owner_name: None,
        custom_fields: None,
        updated_at: EXAMPLE,
        personal_emails: Vec::new(),
        twitter_url: None,
        facebook_url: None,
        about: None,
        company: Some(EmployerPayload {
            id: 7,
            name: Some("Acme".to_owned()),
            domain: Some("example.com".to_owned()),
            website: None,
            industry: Some("Software".to_owned()),
            employee_count: Some("120".to_owned()),
            city: None,
            state: None,
            country: None,
            linkedin_url: None,
            logo_url: None,
        }),
        meta_data: Map::new(),
        created_at: EXAMPLE,
    }
}

/// Somebody was erased.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Erasure {
    /// Id of the contact that was
    pub id: i64,
    /// Always true
    pub erased: bool,
}

/// A contact as events say it. Version 1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct ContactPayload {
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
    pub personal_emails: Vec<String>,
    pub twitter_url: Option<String>,
    pub facebook_url: Option<String>,
    pub about: Option<String>,
    pub company: Option<EmployerPayload>,
    pub meta_data: Map<String, Value>,
    pub created_at: Ts,
}

/// What a contact's events say of the company.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct EmployerPayload {
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

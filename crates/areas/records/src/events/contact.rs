//! What happens to people.

use super::company::acme;
use crate::contact::{ContactDetail, EmployerView};
use g8_core::{events, events::EXAMPLE};
use g8_domain::{Ts, event::Ref, record::Contact};
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
    ContactDetail::at(contact, Some(acme())).into()
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

impl From<ContactDetail> for ContactPayload {
    fn from(view: ContactDetail) -> Self {
        Self {
            id: view.row.id,
            first_name: view.row.first_name,
            last_name: view.row.last_name,
            full_name: view.row.full_name,
            work_email: view.row.work_email,
            direct_phone: view.row.direct_phone,
            mobile_phone: view.row.mobile_phone,
            job_title: view.row.job_title,
            job_department: view.row.job_department,
            seniority_level: view.row.seniority_level,
            linkedin_url: view.row.linkedin_url,
            city: view.row.city,
            state: view.row.state,
            country: view.row.country,
            company_id: view.row.company_id,
            company_name: view.row.company_name,
            company_domain: view.row.company_domain,
            company_industry: view.row.company_industry,
            company_employee_count: view.row.company_employee_count,
            confidence_score: view.row.confidence_score,
            owner_id: view.row.owner_id,
            owner_name: view.row.owner_name,
            custom_fields: view.row.custom_fields,
            updated_at: view.row.updated_at,
            personal_emails: view.personal_emails,
            twitter_url: view.twitter_url,
            facebook_url: view.facebook_url,
            about: view.about,
            company: view.company.map(EmployerPayload::from),
            meta_data: view.meta_data,
            created_at: view.created_at,
        }
    }
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

impl From<EmployerView> for EmployerPayload {
    fn from(view: EmployerView) -> Self {
        Self {
            id: view.id,
            name: view.name,
            domain: view.domain,
            website: view.website,
            industry: view.industry,
            employee_count: view.employee_count,
            city: view.city,
            state: view.state,
            country: view.country,
            linkedin_url: view.linkedin_url,
            logo_url: view.logo_url,
        }
    }
}

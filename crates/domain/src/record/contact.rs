//! A person.

use crate::Ts;
use serde_json::Value;
use uuid::Uuid;

/// A person as stored, with the company's name and site beside the link to it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Contact {
    pub id: i64,
    pub org_id: Uuid,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    /// Small letters; unique among the organisation's living contacts.
    pub work_email: Option<String>,
    pub personal_emails: Vec<String>,
    pub direct_phone: Option<String>,
    pub mobile_phone: Option<String>,
    pub job_title: Option<String>,
    pub job_department: Option<String>,
    pub seniority_level: Option<String>,
    /// Canonical form; unique among the organisation's living contacts.
    pub linkedin_url: Option<String>,
    pub twitter_url: Option<String>,
    pub facebook_url: Option<String>,
    pub about: Option<String>,
    pub city: Option<String>,
    pub state: Option<String>,
    pub country: Option<String>,
    pub company_id: Option<i64>,
    pub owner_id: Option<Uuid>,
    pub confidence_score: Option<f64>,
    pub meta_data: Value,
    pub created_at: Ts,
    pub updated_at: Ts,
    /// Read with the row, written nowhere: the company's own.
    pub company_name: Option<String>,
    pub company_domain: Option<String>,
    pub company_industry: Option<String>,
    pub company_employee_count: Option<i64>,
    pub company_country: Option<String>,
    pub owner_name: Option<String>,
}

impl Contact {
    /// First and last name, as far as known.
    #[must_use]
    pub fn full_name(&self) -> Option<String> {
        let parts: Vec<&str> =
            [&self.first_name, &self.last_name].into_iter().flatten().map(String::as_str).collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    }
}

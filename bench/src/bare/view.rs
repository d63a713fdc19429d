//! Our shapes, and how a row becomes one.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;
use sqlx::{FromRow, Row, postgres::PgRow, sqlite::SqliteRow, types::Json};
use uuid::Uuid;

#[derive(Serialize)]
pub struct Envelope<T> {
    pub data: T,
}

#[derive(Serialize)]
pub struct Page {
    pub data: Vec<Contact>,
    pub pagination: Pagination,
}

#[derive(Serialize)]
pub struct Pagination {
    pub page: i64,
    pub limit: i64,
    pub total: i64,
    pub has_next: bool,
    pub next_cursor: Option<String>,
}

#[derive(Serialize)]
pub struct Contact {
    pub id: i64,
    first_name: Option<String>,
    last_name: Option<String>,
    full_name: Option<String>,
    work_email: Option<String>,
    direct_phone: Option<String>,
    mobile_phone: Option<String>,
    job_title: Option<String>,
    job_department: Option<String>,
    seniority_level: Option<String>,
    linkedin_url: Option<String>,
    city: Option<String>,
    state: Option<String>,
    country: Option<String>,
    pub company_id: Option<i64>,
    company_name: Option<String>,
    company_domain: Option<String>,
    company_industry: Option<String>,
    company_employee_count: Option<String>,
    confidence_score: Option<f64>,
    owner_id: Option<Uuid>,
    owner_name: Option<String>,
    custom_fields: Option<Value>,
}

#[derive(Serialize)]
pub struct Detail {
    #[serde(flatten)]
    pub row: Contact,
    personal_emails: Vec<String>,
    twitter_url: Option<String>,
    facebook_url: Option<String>,
    about: Option<String>,
    pub company: Option<Company>,
    meta_data: Value,
    created_at: Option<DateTime<Utc>>,
    updated_at: Option<DateTime<Utc>>,
}

#[derive(Serialize)]
pub struct Company {
    id: i64,
    name: Option<String>,
    domain: Option<String>,
    website: Option<String>,
    industry: Option<String>,
    employee_count: Option<String>,
    city: Option<String>,
    state: Option<String>,
    country: Option<String>,
    linkedin_url: Option<String>,
    logo_url: Option<String>,
}

/// Reads a shape from a row of either engine: the columns of the fields' names, and what is made of others.
macro_rules! shape {
    ($shape:ty { $($column:ident),* } |$row:ident| { $($made:ident: $make:expr),* }) => {
        shape!(@ SqliteRow, $shape { $($column),* } |$row| { $($made: $make),* });
        shape!(@ PgRow, $shape { $($column),* } |$row| { $($made: $make),* });
    };
    (@ $from:ty, $shape:ty { $($column:ident),* } |$row:ident| { $($made:ident: $make:expr),* }) => {
        impl FromRow<'_, $from> for $shape {
            fn from_row($row: &$from) -> sqlx::Result<Self> {
                Ok(Self { $($column: $row.try_get(stringify!($column))?,)* $($made: $make),* })
            }
        }
    };
}

shape!(Contact {
    id, first_name, last_name, work_email, direct_phone, mobile_phone, job_title, job_department,
    seniority_level, linkedin_url, city, state, country, company_id, company_name, company_domain,
    company_industry, confidence_score, owner_id, owner_name
} |row| {
    full_name: full_name(row.try_get("first_name")?, row.try_get("last_name")?),
    company_employee_count: digits(row.try_get("company_employee_count")?),
    custom_fields: None
});
shape!(Detail { twitter_url, facebook_url, about } |row| {
    row: Contact::from_row(row)?,
    personal_emails: row.try_get::<Json<_>, _>("personal_emails")?.0,
    company: None,
    meta_data: row.try_get::<Json<_>, _>("meta_data")?.0,
    created_at: DateTime::from_timestamp_micros(row.try_get("created_at")?),
    updated_at: DateTime::from_timestamp_micros(row.try_get("updated_at")?)
});
shape!(Company {
    id, name, domain, website, industry, city, state, country, linkedin_url, logo_url
} |row| {
    employee_count: digits(row.try_get("employee_count")?)
});

fn full_name(first: Option<&str>, last: Option<&str>) -> Option<String> {
    match (first, last) {
        (Some(first), Some(last)) => Some(format!("{first} {last}")),
        (one, other) => one.or(other).map(str::to_owned),
    }
}

fn digits(count: Option<i64>) -> Option<String> {
    count.map(|count| count.to_string())
}

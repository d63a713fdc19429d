//! The fields of a company, to be typed.

use crate::{CurrentUser, Fields, PageError, view};
use g8_records::company::CompanyDetail;
use maud::{Markup, html};
use serde_json::Value;

/// Name, label, kind of input.
const FIELDS: [(&str, &str, &str); 16] = [
    ("name", "Name", "text"),
    ("domain", "Domain", "text"),
    ("website", "Website", "text"),
    ("industry", "Industry", "text"),
    ("employee_count", "Employees", "number"),
    ("revenue", "Yearly revenue", "number"),
    ("founded_year", "Founded in", "number"),
    ("phone", "Phone", "tel"),
    ("address", "Address", "text"),
    ("zip", "Postal code", "text"),
    ("city", "City", "text"),
    ("state", "State or region", "text"),
    ("country", "Country", "text"),
    ("linkedin_url", "LinkedIn", "text"),
    ("twitter_url", "X (Twitter)", "text"),
    ("facebook_url", "Facebook", "text"),
];

/// What is stored of a company, for the form.
pub fn stored(company: &CompanyDetail) -> Fields {
    let row = serde_json::to_value(company).unwrap_or_default();
    let text = |name: &str| match &row[name] {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    Fields::of(
        FIELDS.iter().map(|(name, ..)| (*name, text(name))).chain([("description", text("description"))]),
    )
}

/// The form.
pub fn form(
    user: &CurrentUser,
    action: &str,
    button: &str,
    asked: &Fields,
    fault: Option<&PageError>,
) -> Markup {
    let value = |name: &str| asked.get(name).unwrap_or_default();
    html! {
        @if let Some(fault) = fault { (fault.notice()) }
        form.card method="post" action=(action) {
            (view::csrf(user))
            div.grid {
                @for (name, label, kind) in FIELDS {
                    (view::text_field(view::Input { name, label, kind, value: value(name), ..Default::default() }))
                }
            }
            (view::text_area("description", "What it does", value("description"), ""))
            button type="submit" { (button) }
        }
    }
}

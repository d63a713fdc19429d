//! The fields of a contact, to be typed.

use crate::{CurrentUser, Fields, PageError, view};
use g8_core::Args;
use g8_records::contact::ContactDetail;
use maud::{Markup, html};

/// Name, label, kind of input.
const FIELDS: [(&str, &str, &str); 16] = [
    ("first_name", "First name", "text"),
    ("last_name", "Last name", "text"),
    ("work_email", "Work e-mail", "email"),
    ("job_title", "Title", "text"),
    ("job_department", "Department", "text"),
    ("seniority_level", "Seniority", "text"),
    ("company_name", "Company", "text"),
    ("company_domain", "Company's domain", "text"),
    ("direct_phone", "Direct phone", "tel"),
    ("mobile_phone", "Mobile phone", "tel"),
    ("linkedin_url", "LinkedIn", "text"),
    ("twitter_url", "X (Twitter)", "text"),
    ("facebook_url", "Facebook", "text"),
    ("city", "City", "text"),
    ("state", "State or region", "text"),
    ("country", "Country", "text"),
];
/// The company as it was, so that one who only changes a title does not change the company as well.
const COMPANY: [(&str, &str); 2] =
    [("company_name", "was_company_name"), ("company_domain", "was_company_domain")];

/// What is stored of a contact, for the form.
pub fn stored(contact: &ContactDetail) -> Fields {
    let row = serde_json::to_value(contact).unwrap_or_default();
    let text = |name: &str| row[name].as_str().map(str::to_owned);
    let fields = FIELDS.iter().map(|(name, ..)| (*name, text(name)));
    let were = COMPANY.iter().map(|(name, was)| (*was, text(name)));
    let more = [("about", text("about")), ("personal_emails", Some(contact.personal_emails.join(", ")))];
    Fields::of(fields.chain(were).chain(more))
}

/// What the form says, made ready for an operation: lists are lists, and a company that was left alone stays.
pub fn ready(mut args: Args, fields: &Fields) -> Args {
    if args.get("personal_emails").is_some_and(|emails| !emails.is_null()) {
        let typed = fields.get("personal_emails").unwrap_or_default();
        let emails = typed.split([',', ';', ' ', '\n', '\r']).filter(|email| !email.is_empty());
        args.insert("personal_emails".to_owned(), emails.map(str::to_owned).collect());
    }
    if COMPANY.iter().all(|(name, was)| fields.get(name) == fields.get(was)) {
        COMPANY.iter().for_each(|(name, _)| drop(args.remove(*name)));
    }
    args
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
            @for (_, was) in COMPANY { (view::hidden(was, value(was))) }
            div.grid {
                @for (name, label, kind) in FIELDS {
                    (view::text_field(view::Input { name, label, kind, value: value(name), ..Default::default() }))
                }
            }
            (view::text_field(view::Input {
                name: "personal_emails", label: "Private e-mails", value: value("personal_emails"),
                hint: "Several with commas between them.", ..Default::default()
            }))
            (view::text_area("about", "About", value("about"), ""))
            button type="submit" { (button) }
        }
    }
}

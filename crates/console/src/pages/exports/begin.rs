//! Beginning an export of what a search shows.

use crate::{CurrentUser, Fields, PageError, Posted, view};
use axum::response::Redirect;
use g8_core::{Args, Operation};
use g8_records::{company, contact, export::CreateExport};
use maud::{Markup, html};

/// What of a search is no filter.
const PAGING: [&str; 4] = ["page", "limit", "cursor", "include_custom_fields"];

/// A button that exports the records of a search.
pub fn button(user: &CurrentUser, subject: &str, asked: &Fields) -> Markup {
    let filters = match subject {
        "companies" => filters::<company::ListCompanies>(asked),
        _ => filters::<contact::ListContacts>(asked),
    };
    html! {
        form.inline method="post" action="/exports" {
            (view::csrf(user))
            (view::hidden("subject", subject))
            @for name in filters.keys() { (view::hidden(name, asked.get(name).unwrap_or_default())) }
            button.plain type="submit" { "Export CSV" }
        }
    }
}

fn filters<O: Operation>(asked: &Fields) -> Args {
    let given = asked.args::<O>().into_iter();
    given.filter(|(name, _)| !PAGING.contains(&name.as_str())).collect()
}

pub async fn submit(posted: Posted) -> Result<Redirect, PageError> {
    let subject = posted.fields.get("subject").unwrap_or("contacts");
    let filters = match subject {
        "companies" => filters::<company::ListCompanies>(&posted.fields),
        _ => filters::<contact::ListContacts>(&posted.fields),
    };
    let mut args = Args::new();
    args.insert("subject".to_owned(), subject.into());
    args.insert("filters".to_owned(), filters.into());
    let made = posted.user.send::<CreateExport>(args).await?;
    Ok(Redirect::to(&format!("/exports/{}", made.id)))
}

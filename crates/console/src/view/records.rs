//! Pieces that the pages of records share.

use super::{csrf, hidden};
use crate::CurrentUser;
use g8_records::{company::CompanyRow, contact::ContactRow};
use maud::{Markup, html};

/// What a contact is called.
pub fn contact_name(row: &ContactRow) -> String {
    let named = row.full_name.clone().or_else(|| row.work_email.clone());
    named.unwrap_or_else(|| format!("Contact {}", row.id))
}

/// A contact by name, as a link.
pub fn contact(row: &ContactRow) -> Markup {
    html! { a href={ "/contacts/" (row.id) } { (contact_name(row)) } }
}

/// A company by name, as a link.
pub fn company(row: &CompanyRow) -> Markup {
    let named = row.name.as_deref().or(row.domain.as_deref());
    html! { a href={ "/companies/" (row.id) } { @match named { Some(name) => (name), None => { "Company " (row.id) } } } }
}

/// A text, or a dash for none.
pub fn text_or(text: Option<&str>) -> Markup {
    html! { @match text.filter(|text| !text.is_empty()) { Some(text) => (text), None => span.faint { "–" } } }
}

/// An address of the web: a link if it is one, else the text.
pub fn link_or(text: Option<&str>) -> Markup {
    match text {
        // Nothing but the web: `javascript:` is an address, too.
        Some(url) if url.starts_with("https://") || url.starts_with("http://") => {
            html! { a href=(url) rel="noopener noreferrer nofollow" { (url) } }
        }
        other => text_or(other),
    }
}

/// A part of a page under a heading of its own.
pub fn section(title: &str, body: &Markup) -> Markup {
    html! { section.card.stack { h2 { (title) } (body) } }
}

/// Words where nothing is yet.
pub fn aside(words: &str) -> Markup {
    html! { p.faint { (words) } }
}

/// Several lines to type.
pub fn text_area(name: &str, label: &str, value: &str, hint: &str) -> Markup {
    let described = format!("{name}-hint");
    html! {
        div.field {
            label for=(name) { (label) }
            textarea #(name) name=(name) rows="4" aria-describedby=[(!hint.is_empty()).then_some(&described)] {
                (value)
            }
            @if !hint.is_empty() { p.hint id=(described) { (hint) } }
        }
    }
}

/// A button that does something at once; `name` tells it from its like.
pub fn post(user: &CurrentUser, action: &str, button: &str, name: &str, sent: &[(&str, &str)]) -> Markup {
    let full = if name.is_empty() { button.to_owned() } else { format!("{button} {name}") };
    html! {
        form.inline method="post" action=(action) {
            (csrf(user))
            @for (field, value) in sent { (hidden(field, value)) }
            button.plain.small type="submit" aria-label=(full) { (button) }
        }
    }
}

/// What a search says that found nothing.
pub fn nothing_met(path: &str) -> Markup {
    html! {
        div.card.empty {
            h2 { "Nothing found" }
            p.faint { "No record meets what was searched for." }
            a.button.plain href=(path) { "Show all" }
        }
    }
}

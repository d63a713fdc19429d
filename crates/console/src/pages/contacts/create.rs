//! A new contact.

use super::form::{form, ready};
use crate::{CurrentUser, Fields, PageError, Posted, Query, pages::record::then, view};
use axum::response::Response;
use g8_domain::Scope;
use g8_records::contact::CreateContact;
use maud::{Markup, html};

pub async fn show(visitor: CurrentUser, Query(query): Query) -> Result<Markup, PageError> {
    visitor.caller().require(&[Scope::CONTACTS_WRITE])?;
    Ok(page(&visitor, &query, None))
}

fn page(visitor: &CurrentUser, asked: &Fields, fault: Option<&PageError>) -> Markup {
    view::page(
        visitor,
        "New contact",
        &html! {
            div.head {
                h1 { "New contact" }
                p.sub { "A work e-mail or a LinkedIn address is needed, to recognise them by." }
            }
            (form(visitor, "/contacts/new", "Add the contact", asked, fault))
        },
    )
}

pub async fn submit(posted: Posted) -> Response {
    let (visitor, fields) = (&posted.visitor, &posted.fields);
    let made = visitor.send::<CreateContact>(ready(fields.args::<CreateContact>(), fields)).await;
    then(made, |made| format!("/contacts/{}", made.id), async |fault| Ok(page(visitor, fields, Some(fault))))
        .await
}

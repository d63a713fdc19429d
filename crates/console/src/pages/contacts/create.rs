//! A new contact.

use super::form::{form, ready};
use crate::{CurrentUser, Fields, PageError, Posted, Query, pages::record::then, view};
use axum::response::Response;
use g8_domain::Scope;
use g8_records::contact::CreateContact;
use maud::{Markup, html};

pub async fn show(user: CurrentUser, Query(query): Query) -> Result<Markup, PageError> {
    user.caller().require(&[Scope::CONTACTS_WRITE])?;
    Ok(page(&user, &query, None))
}

fn page(user: &CurrentUser, asked: &Fields, fault: Option<&PageError>) -> Markup {
    view::page(
        user,
        "New contact",
        &html! {
            div.head {
                h1 { "New contact" }
                p.sub { "A work e-mail or a LinkedIn address is needed, to recognise them by." }
            }
            (form(user, "/contacts/new", "Add the contact", asked, fault))
        },
    )
}

pub async fn submit(posted: Posted) -> Response {
    let (user, fields) = (&posted.user, &posted.fields);
    let made = user.send::<CreateContact>(ready(fields.args::<CreateContact>(), fields)).await;
    then(made, |made| format!("/contacts/{}", made.id), async |fault| Ok(page(user, fields, Some(fault))))
        .await
}

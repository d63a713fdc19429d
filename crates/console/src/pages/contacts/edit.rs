//! Changing a contact.

use super::form::{form, ready, stored};
use crate::{CurrentUser, Fields, PageError, Posted, named, pages::record::then, view};
use axum::{extract::Path, response::Response};
use g8_domain::Scope;
use g8_records::contact::{GetContact, UpdateContact};
use maud::{Markup, html};

pub async fn show(Path(id): Path<String>, user: CurrentUser) -> Result<Markup, PageError> {
    user.caller().require(&[Scope::CONTACTS_WRITE])?;
    let contact = user.send::<GetContact>(named::<GetContact>(&[("contact_id", &id)])).await?;
    Ok(page(&user, &id, &stored(&contact), None))
}

fn page(user: &CurrentUser, id: &str, asked: &Fields, fault: Option<&PageError>) -> Markup {
    let path = format!("/contacts/{id}");
    view::page(
        user,
        "Edit contact",
        &html! {
            p.crumbs { a href=(path) { "Back to the contact" } }
            div.head { h1 { "Edit contact" } }
            (form(user, &format!("{path}/edit"), "Save", asked, fault))
        },
    )
}

pub async fn submit(Path(id): Path<String>, posted: Posted) -> Response {
    let (user, fields) = (&posted.user, &posted.fields);
    let mut args = ready(fields.changes::<UpdateContact>(), fields);
    args.extend(named::<UpdateContact>(&[("contact_id", &id)]));
    let done = user.send::<UpdateContact>(args).await;
    then(done, |_| format!("/contacts/{id}"), async |fault| Ok(page(user, &id, fields, Some(fault)))).await
}

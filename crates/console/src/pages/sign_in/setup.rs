//! The owner's account.

use super::{account, refused};
use crate::{Anonymous, Fields, PageError, view};
use axum::response::Response;
use g8_identity::people::set_up;
use maud::{Markup, html};

pub async fn show() -> Markup {
    form(&Fields::default(), None)
}

fn form(asked: &Fields, fault: Option<&PageError>) -> Markup {
    view::outside(
        "Set up",
        &html! {
            h1 { "Welcome to g8" }
            p.faint { "Make the owner's account; you invite the others afterwards." }
            @if let Some(fault) = fault { (fault.notice()) }
            form method="post" action="/setup" {
                (account::code_field(asked))
                (view::text_field(view::Input {
                    name: "email", label: "E-mail", kind: "email", value: asked.get("email").unwrap_or_default(),
                    required: true, autocomplete: "username", ..Default::default()
                }))
                (account::fields(asked))
                button type="submit" { "Make the account" }
            }
        },
    )
}

pub async fn submit(anonymous: Anonymous, fields: Fields) -> Response {
    let token = fields.get("token").unwrap_or_default();
    match set_up(&anonymous.site.app, token, &account::typed(&fields), &anonymous.origin).await {
        Ok(signed) => anonymous.start_session(&signed, None),
        Err(error) => refused(error, |fault| form(&fields, Some(fault))),
    }
}

//! A new password, by a link.

use super::{account, refused};
use crate::{Anonymous, Fields, PageError, view};
use axum::response::{IntoResponse, Response};
use g8_identity::people::reset_password;
use maud::{Markup, html};

pub async fn show() -> Markup {
    form(&Fields::default(), None)
}

fn form(asked: &Fields, fault: Option<&PageError>) -> Markup {
    view::outside(
        "New password",
        &html! {
            h1 { "Choose a new password" }
            p.faint { "You are signed out everywhere else." }
            @if let Some(fault) = fault { (fault.notice()) }
            form method="post" action="/password" {
                (account::code_field(asked))
                (account::password_field("New password", "At least 8 characters.", "new-password"))
                button type="submit" { "Set the password" }
            }
        },
    )
}

pub async fn submit(anonymous: Anonymous, fields: Fields) -> Response {
    let token = fields.get("token").unwrap_or_default();
    match reset_password(&anonymous.site.app, token, fields.raw("password")).await {
        Ok(_) => done().into_response(),
        Err(error) => refused(error, |fault| form(&fields, Some(fault))),
    }
}

fn done() -> Markup {
    view::outside(
        "New password",
        &html! {
            h1 { "The password is set" }
            p { a.button href="/sign-in" { "Sign in" } }
        },
    )
}

//! Asking for a link to a new password.

use super::refused;
use crate::{Anonymous, Fields, PageError, view};
use axum::response::{IntoResponse, Response};
use g8_identity::people::forgot_password;
use maud::{Markup, html};

pub async fn show() -> Markup {
    form(None)
}

fn form(fault: Option<&PageError>) -> Markup {
    view::outside(
        "Forgot password",
        &html! {
            h1 { "Forgot your password?" }
            @if let Some(fault) = fault { (fault.notice()) }
            form method="post" action="/forgot-password" {
                (view::text_field(view::Input {
                    name: "email", label: "E-mail", kind: "email", required: true, autocomplete: "username",
                    ..Default::default()
                }))
                button type="submit" { "Send a link" }
            }
            p.small { a href="/sign-in" { "Sign in" } }
        },
    )
}

pub async fn submit(anonymous: Anonymous, fields: Fields) -> Response {
    let email = fields.get("email").unwrap_or_default();
    match forgot_password(&anonymous.site.app, email, &anonymous.origin).await {
        Ok(()) => view::outside(
            "Forgot password",
            &html! {
                h1 { "Look into your mail" }
                p { "If there is an account with this address, a link is on its way. It works for an hour." }
            },
        )
        .into_response(),
        Err(error) => refused(error, |fault| form(Some(fault))),
    }
}

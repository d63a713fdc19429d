//! The second step.

use super::refused;
use crate::{Anonymous, Fields, PageError, view};
use axum::response::Response;
use g8_identity::people::second_step;
use maud::{Markup, html};

pub fn form(token: &str, next: &str, fault: Option<&PageError>) -> Markup {
    view::outside(
        "Code",
        &html! {
            h1 { "Your code" }
            @if let Some(fault) = fault { (fault.notice()) }
            form method="post" action="/sign-in/code" {
                (view::hidden("token", token))
                (view::hidden("next", next))
                (view::text_field(view::Input {
                    name: "code", label: "Code", required: true, autocomplete: "one-time-code",
                    hint: "The six digits your authenticator shows, or one of your recovery codes.",
                    ..Default::default()
                }))
                button type="submit" { "Sign in" }
            }
            p.small { a href="/sign-in" { "Begin again" } }
        },
    )
}

pub async fn submit(anonymous: Anonymous, fields: Fields) -> Response {
    let (token, next) = (fields.get("token").unwrap_or_default(), fields.get("next").unwrap_or_default());
    let code = fields.get("code").unwrap_or_default();
    match second_step(&anonymous.site.app, token, code, &anonymous.origin).await {
        Ok(signed) => anonymous.start_session(&signed, Some(next)),
        Err(error) => refused(error, |fault| form(token, next, Some(fault))),
    }
}

//! Coming in: with a password, a code, or a link.

mod account;
mod code;
mod forgot;
mod invitation;
mod oidc;
mod password;
mod setup;
mod sign_out;

use crate::{Anonymous, Fields, PageError, Query, view};
use axum::{
    Router,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use g8_doors::http::HttpState;
use g8_identity::people::{SignInStep, provider, sign_in};
use maud::{Markup, html};

pub fn routes() -> Router<HttpState> {
    Router::new()
        .route("/sign-in", get(show).post(submit))
        .route("/sign-in/code", post(code::submit))
        .route("/sign-in/oidc", get(oidc::begin))
        .route("/sign-in/oidc/return", get(oidc::finish))
        .route("/sign-out", post(sign_out::submit))
        .route("/setup", get(setup::show).post(setup::submit))
        .route("/invitation", get(invitation::show).post(invitation::submit))
        .route("/password", get(password::show).post(password::submit))
        .route("/forgot-password", get(forgot::show).post(forgot::submit))
}

async fn show(anonymous: Anonymous, Query(query): Query) -> Markup {
    form_with(provider(&anonymous.site.app), query.get("next").unwrap_or_default(), "", None)
}

/// The form; with a button to the identity provider, where there is one.
fn form_with(provider: Option<&str>, next: &str, email: &str, fault: Option<&PageError>) -> Markup {
    view::outside(
        "Sign in",
        &html! {
            h1 { "Sign in" }
            @if let Some(fault) = fault { (fault.notice()) }
            form method="post" action="/sign-in" {
                (view::hidden("next", next))
                (view::text_field(view::Input {
                    name: "email", label: "E-mail", kind: "email", value: email, required: true,
                    autocomplete: "username", ..Default::default()
                }))
                (account::password_field("Password", "", "current-password"))
                button type="submit" { "Sign in" }
            }
            @if let Some(provider) = provider {
                form method="get" action="/sign-in/oidc" {
                    (view::hidden("next", next))
                    p { button.plain type="submit" { "Sign in with " (provider) } }
                }
            }
            p.small { a href="/forgot-password" { "I forgot my password" } }
        },
    )
}

async fn submit(anonymous: Anonymous, fields: Fields) -> Response {
    let (email, next) = (fields.get("email").unwrap_or_default(), fields.get("next").unwrap_or_default());
    match sign_in(&anonymous.site.app, email, fields.raw("password"), &anonymous.origin).await {
        Ok(SignInStep::Done(signed)) => anonymous.start_session(&signed, Some(next)),
        Ok(SignInStep::Code(token)) => code::form(token.reveal(), next, None).into_response(),
        Err(error) => {
            let provider = provider(&anonymous.site.app);
            refused(error, |fault| form_with(provider, next, email, Some(fault)))
        }
    }
}

/// The form again, with what was wrong.
fn refused(error: g8_domain::Error, form: impl FnOnce(&PageError) -> Markup) -> Response {
    let fault = PageError::from(error);
    let status = match fault.status() {
        // No browser is to ask for a password of its own.
        StatusCode::UNAUTHORIZED => StatusCode::FORBIDDEN,
        status => status,
    };
    (status, form(&fault)).into_response()
}

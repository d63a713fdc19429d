//! Joining by invitation.

use super::{account, code, refused};
use crate::{Anonymous, Fields, PageError, view};
use axum::response::{IntoResponse, Response};
use g8_identity::people::{SignInStep, accept};
use maud::{Markup, html};

pub async fn show() -> Markup {
    form(&Fields::default(), None)
}

fn form(asked: &Fields, fault: Option<&PageError>) -> Markup {
    view::outside(
        "Join",
        &html! {
            h1 { "You are invited" }
            p.faint { "Choose a name and a password. If you have an account at this address already, give its password." }
            @if let Some(fault) = fault { (fault.notice()) }
            form method="post" action="/invitation" {
                (account::code_field(asked))
                (account::fields(asked))
                button type="submit" { "Join" }
            }
        },
    )
}

pub async fn submit(anonymous: Anonymous, fields: Fields) -> Response {
    let token = fields.get("token").unwrap_or_default();
    match accept(&anonymous.site.app, token, &account::typed(&fields), &anonymous.origin).await {
        Ok(SignInStep::Done(signed)) => anonymous.start_session(&signed, None),
        Ok(SignInStep::Code(token)) => code::form(token.reveal(), "", None).into_response(),
        Err(error) => refused(error, |fault| form(&fields, Some(fault))),
    }
}

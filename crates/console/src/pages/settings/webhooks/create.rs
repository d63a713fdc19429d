//! A new webhook.

use super::{form, secret};
use crate::{CurrentUser, Fields, PageError, Posted, view};
use axum::response::{IntoResponse, Response};
use g8_domain::{Error, Scope};
use g8_signals::webhook::CreateWebhook;
use maud::{Markup, html};

pub async fn show(user: CurrentUser) -> Result<Markup, PageError> {
    user.caller().require(&[Scope::WEBHOOKS_WRITE])?;
    page(&user, &Fields::default(), None).await
}

async fn page(user: &CurrentUser, asked: &Fields, fault: Option<&PageError>) -> Result<Markup, PageError> {
    let fields = form::fields(user, &asked.into()).await?;
    Ok(view::page(
        user,
        "Add webhook",
        &html! {
            p.crumbs { a href="/settings/webhooks" { "Webhooks" } }
            div.head { h1 { "Add webhook" } }
            @if let Some(fault) = fault { (fault.notice()) }
            form.card method="post" action="/settings/webhooks/new" {
                (fields)
                button type="submit" { "Add webhook" }
            }
        },
    ))
}

pub async fn submit(posted: Posted) -> Response {
    let (user, fields) = (&posted.user, &posted.fields);
    let made = if fields.all("events").is_empty() {
        Err(Error::field("events", "must be chosen: all of them, or some").into())
    } else {
        user.send::<CreateWebhook>(fields.args::<CreateWebhook>()).await
    };
    match made {
        Ok(made) => secret::page(user, &made).into_response(),
        Err(fault) => match page(user, fields, Some(&fault)).await {
            Ok(page) => (fault.status(), page).into_response(),
            Err(worse) => worse.into_response(),
        },
    }
}

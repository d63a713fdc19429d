//! A new webhook.

use super::{form, secret};
use crate::{CurrentUser, Fields, PageError, Posted, view};
use axum::response::{IntoResponse, Response};
use g8_domain::{Error, Scope};
use g8_signals::webhook::CreateWebhook;
use maud::{Markup, html};

pub async fn show(visitor: CurrentUser) -> Result<Markup, PageError> {
    visitor.caller().require(&[Scope::WEBHOOKS_WRITE])?;
    page(&visitor, &Fields::default(), None).await
}

async fn page(visitor: &CurrentUser, asked: &Fields, fault: Option<&PageError>) -> Result<Markup, PageError> {
    let fields = form::fields(visitor, &asked.into()).await?;
    Ok(view::page(
        visitor,
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
    let (visitor, fields) = (&posted.visitor, &posted.fields);
    let made = if fields.all("events").is_empty() {
        Err(Error::field("events", "must be chosen: all of them, or some").into())
    } else {
        visitor.send::<CreateWebhook>(fields.args::<CreateWebhook>()).await
    };
    match made {
        Ok(made) => secret::page(visitor, &made).into_response(),
        Err(fault) => match page(visitor, fields, Some(&fault)).await {
            Ok(page) => (fault.status(), page).into_response(),
            Err(worse) => worse.into_response(),
        },
    }
}

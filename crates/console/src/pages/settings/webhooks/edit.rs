//! Changing a webhook.

use super::{form, one, path};
use crate::{CurrentUser, PageError, Posted, view};
use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use g8_domain::Scope;
use g8_signals::webhook::{GetWebhook, UpdateWebhook, WebhookView};
use maud::{Markup, html};

pub async fn show(Path(id): Path<String>, user: CurrentUser) -> Result<Markup, PageError> {
    user.caller().require(&[Scope::WEBHOOKS_WRITE])?;
    let webhook = user.send::<GetWebhook>(one("webhook_id", &id)).await?;
    page(&user, &id, &webhook.into(), None).await
}

impl From<WebhookView> for form::Shown {
    fn from(webhook: WebhookView) -> Self {
        Self {
            url: webhook.url,
            name: webhook.name,
            description: webhook.description.unwrap_or_default(),
            events: webhook.events,
        }
    }
}

async fn page(
    user: &CurrentUser,
    id: &str,
    shown: &form::Shown,
    fault: Option<&PageError>,
) -> Result<Markup, PageError> {
    let fields = form::fields(user, shown).await?;
    let back = path(id);
    Ok(view::page(
        user,
        "Edit webhook",
        &html! {
            p.crumbs { a href="/settings/webhooks" { "Webhooks" } }
            div.head { h1 { "Edit webhook" } }
            @if let Some(fault) = fault { (fault.notice()) }
            form.card method="post" action={ (back) "/edit" } {
                (fields)
                div.row {
                    button type="submit" { "Save" }
                    a.button.plain href=(back) { "Cancel" }
                }
            }
        },
    ))
}

pub async fn submit(Path(id): Path<String>, posted: Posted) -> Response {
    let (user, fields) = (&posted.user, &posted.fields);
    let mut args = fields.changes::<UpdateWebhook>();
    args.insert("webhook_id".to_owned(), id.clone().into());
    // No box ticked is an answer, and a wrong one; a browser does not send it.
    args.insert("events".to_owned(), fields.all("events").into());
    match user.send::<UpdateWebhook>(args).await {
        Ok(_) => Redirect::to(&path(&id)).into_response(),
        Err(fault) => match page(user, &id, &fields.into(), Some(&fault)).await {
            Ok(page) => (fault.status(), page).into_response(),
            Err(worse) => worse.into_response(),
        },
    }
}

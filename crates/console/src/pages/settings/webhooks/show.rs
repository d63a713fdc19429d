//! One webhook: how it stands, what it was sent, and what can be done.

use super::{deliveries, one, path, words};
use crate::{CurrentUser, Fields, PageError, Query, view};
use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use g8_domain::{Scope, record::WebhookStatus};
use g8_signals::webhook::{GetWebhook, WebhookView};
use maud::{Markup, html};

pub async fn show(
    Path(id): Path<String>,
    user: CurrentUser,
    Query(query): Query,
) -> Result<Markup, PageError> {
    if user.partial {
        return deliveries::card(&user, &id, &query).await;
    }
    page(&user, &id, &query, &html! {}).await
}

/// The page again, with what was wrong.
pub async fn again(user: &CurrentUser, id: &str, fault: PageError) -> Response {
    match page(user, id, &Fields::default(), &fault.notice()).await {
        Ok(page) => (fault.status(), page).into_response(),
        Err(_) => fault.into_response(),
    }
}

/// The page, with news above it.
pub async fn page(user: &CurrentUser, id: &str, query: &Fields, news: &Markup) -> Result<Markup, PageError> {
    let webhook = user.send::<GetWebhook>(one("webhook_id", id)).await?;
    let deliveries = deliveries::card(user, id, query).await?;
    let may = user.may(Scope::WEBHOOKS_WRITE);
    let path = path(webhook.id);
    Ok(view::page(
        user,
        &webhook.name,
        &html! {
            p.crumbs { a href="/settings/webhooks" { "Webhooks" } }
            div.head {
                h1.break { (webhook.name) }
                @if may {
                    div.row {
                        (view::act(user, &format!("{path}/test"), "Send a test"))
                        a.button.plain href={ (path) "/edit" } { "Edit" }
                    }
                }
            }
            (news)
            (paused(user, &webhook))
            div.two {
                (deliveries)
                div { (about(&webhook)) @if may { (actions(user, &webhook)) } }
            }
        },
    ))
}

fn paused(user: &CurrentUser, webhook: &WebhookView) -> Markup {
    let Some(why) = words::why_not(webhook) else { return html! {} };
    html! {
        div.notice.warn {
            p { strong { (why) } " Events that happen meanwhile are not sent; you can ask for them afterwards." }
            @if user.may(Scope::WEBHOOKS_WRITE) {
                (view::act(user, &format!("{}/resume", path(webhook.id)), "Resume"))
            }
        }
    }
}

fn about(webhook: &WebhookView) -> Markup {
    html! {
        section.card {
            h2 { "About" }
            (view::facts(&[
                ("State", words::state(webhook)),
                ("URL", html! { (webhook.url) }),
                ("Description", html! { (webhook.description.as_deref().unwrap_or("—")) }),
                ("Events", words::events(&webhook.events, 100)),
                ("Last delivery", view::when_or(webhook.last_delivery_at, "never")),
                ("Failures in a row", html! { (webhook.consecutive_failures) }),
                ("Secret", html! { code { (webhook.secret_prefix) "…" } }),
                ("Added", view::when(webhook.created_at)),
            ]))
            @if let Some(until) = webhook.previous_secret_valid_until {
                p.small.faint { "The secret before signs as well until " (view::when(until)) "." }
            }
        }
    }
}

fn actions(user: &CurrentUser, webhook: &WebhookView) -> Markup {
    let path = path(webhook.id);
    html! {
        section.card.stack {
            h2 { "Change" }
            @if webhook.status == WebhookStatus::Active {
                (view::act(user, &format!("{path}/pause"), "Pause"))
                details.more {
                    summary { "Resend what is missing" }
                    form method="post" action={ (path) "/resend-missing" } {
                        (view::csrf(user))
                        (view::select("hours", "Events that did not arrive, of", "24", &spans()))
                        button.plain.small type="submit" { "Resend all missing" }
                    }
                }
            }
            (view::asking(user, &format!("{path}/rotate"), "Rotate secret",
                "A new secret is made and shown once. For a day, both sign.", &html! {}))
            (view::asking(user, &format!("{path}/delete"), "Delete webhook",
                "It is told nothing more, and what it was sent is forgotten.", &html! {}))
        }
    }
}

fn spans() -> Vec<(String, String)> {
    let spans =
        [(1, "the last hour"), (24, "the last day"), (168, "the last week"), (720, "the last 30 days")];
    spans.into_iter().map(|(hours, words)| (hours.to_string(), words.to_owned())).collect()
}

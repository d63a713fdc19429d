//! The webhooks that there are.

use super::{path, words};
use crate::{CurrentUser, PageError, Query, view};
use g8_domain::{Page, Scope};
use g8_signals::webhook::{ListWebhooks, WebhookView};
use maud::{Markup, html};

const SAMPLE: &str = r#"{"url": "https://example.com/hooks", "events": ["contact.created"]}"#;

pub async fn show(user: CurrentUser, Query(query): Query) -> Result<Markup, PageError> {
    let webhooks = user.send::<ListWebhooks>(query.args::<ListWebhooks>()).await?;
    Ok(view::page(
        &user,
        "Webhooks",
        &html! {
            div.head {
                h1 { "Webhooks" }
                @if user.may(Scope::WEBHOOKS_WRITE) {
                    a.button href="/settings/webhooks/new" { "Add webhook" }
                }
                p.sub { "Addresses of yours that are told of events as they happen." }
            }
            @if webhooks.data.is_empty() {
                (view::empty("No webhooks yet", &html! { "Add the first one here, or with a key that may:" },
                    &view::curl(&user, "POST", "/webhooks", Some(SAMPLE))))
            } @else {
                (table(&webhooks))
                (view::pager("/settings/webhooks", &query, webhooks.pagination.next_cursor.as_deref()))
            }
        },
    ))
}

fn table(webhooks: &Page<WebhookView>) -> Markup {
    html! {
        div.card.sheet {
            table {
                thead {
                    tr {
                        th { "Name" } th { "State" } th { "Events" } th { "Last delivery" }
                        th.num { "Failures in a row" }
                    }
                }
                tbody { @for webhook in &webhooks.data { (row(webhook)) } }
            }
        }
    }
}

fn row(webhook: &WebhookView) -> Markup {
    html! {
        tr {
            td data-label="Name" {
                div {
                    a href=(path(webhook.id)) { strong { (webhook.name) } }
                    div.small.faint.break { (webhook.url) }
                }
            }
            td data-label="State" { (words::state(webhook)) }
            td data-label="Events" { div { (words::events(&webhook.events, 3)) } }
            td data-label="Last delivery" { (view::when_or(webhook.last_delivery_at, "never")) }
            td.num data-label="Failures in a row" { (webhook.consecutive_failures) }
        }
    }
}

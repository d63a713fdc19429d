//! What a webhook was sent.

use super::{path, words};
use crate::{CurrentUser, Fields, PageError, view};
use g8_domain::{Page, Scope, record::DeliveryStatus};
use g8_signals::webhook::{DeliveryView, ListDeliveries};
use maud::{Markup, html};

/// The states that can be asked for.
const STATES: [(&str, &str); 4] =
    [("", "All"), ("failed", "Failed"), ("pending", "Waiting"), ("success", "Delivered")];

/// The deliveries, which look for news by themselves while some are on their way.
pub async fn card(user: &CurrentUser, id: &str, query: &Fields) -> Result<Markup, PageError> {
    let mut args = query.args::<ListDeliveries>();
    args.insert("webhook_id".to_owned(), id.into());
    let deliveries = user.send::<ListDeliveries>(args).await?;
    let here = format!("{}?{}", path(id), query.with("status", query.get("status").unwrap_or_default()));
    let on_the_way = deliveries.data.iter().any(|delivery| delivery.status == DeliveryStatus::Pending);
    Ok(html! {
        section #deliveries aria-label="Deliveries" hx-get=[on_the_way.then_some(&here)]
            hx-trigger=[on_the_way.then_some("every 5s")] hx-swap=[on_the_way.then_some("outerHTML")] {
            (states(id, query))
            @if deliveries.data.is_empty() { (nothing(query)) } @else { (table(user, id, &deliveries)) }
            (view::pager(&path(id), query, deliveries.pagination.next_cursor.as_deref()))
        }
    })
}

fn states(id: &str, query: &Fields) -> Markup {
    let chosen = query.get("status").unwrap_or_default();
    html! {
        div.row.between {
            h2 { "Deliveries" }
            nav.tabs aria-label="State of deliveries" {
                @for (state, words) in STATES {
                    a href={ (path(id)) "?status=" (state) } aria-current=[(state == chosen).then_some("true")] { (words) }
                }
            }
        }
    }
}

fn nothing(query: &Fields) -> Markup {
    html! {
        div.card.empty {
            @if query.get("status").is_some() { p.faint { "None that stand so." } }
            @else { p.faint { "Nothing was sent yet. Events appear here as they happen; tests do not." } }
        }
    }
}

fn table(user: &CurrentUser, id: &str, deliveries: &Page<DeliveryView>) -> Markup {
    html! {
        div.card.sheet {
            table {
                thead {
                    tr {
                        th { "Event" } th { "State" } th { "Answer" } th.num { "Tries" } th { "Happened" }
                        th { span.sr { "Actions" } }
                    }
                }
                tbody { @for delivery in &deliveries.data { (row(user, id, delivery)) } }
            }
        }
    }
}

fn row(user: &CurrentUser, id: &str, delivery: &DeliveryView) -> Markup {
    let path = format!("{}/deliveries/{}", path(id), delivery.id);
    html! {
        tr {
            td.keep data-label="Event" { a id={ "delivery-" (delivery.id) } href=(path) { (delivery.event) } }
            td data-label="State" { (words::delivery_state(delivery)) }
            td data-label="Answer" { (words::answer(delivery.response_code, delivery.error_message.as_deref())) }
            td.num data-label="Tries" { (delivery.attempts) }
            td data-label="Happened" { (view::when(delivery.created_at)) }
            td { @if user.may(Scope::WEBHOOKS_WRITE) { (resend(user, delivery, &path)) } }
        }
    }
}

/// Sends it again.
pub fn resend(user: &CurrentUser, delivery: &DeliveryView, path: &str) -> Markup {
    html! {
        form method="post" action={ (path) "/resend" } {
            (view::csrf(user))
            button.plain.small id={ "resend-" (delivery.id) } type="submit"
                aria-label={ "Resend " (delivery.event) " of " (delivery.created_at) } { "Resend" }
        }
    }
}

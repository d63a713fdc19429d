//! One delivery: what was sent, and what was answered each time.

use super::{deliveries::resend, one, path, words};
use crate::{CurrentUser, PageError, view};
use axum::extract::Path;
use g8_domain::Scope;
use g8_signals::webhook::{AttemptView, DeliveryDetail, GetDelivery};
use maud::{Markup, html};
use serde_json::{Map, Value};

pub async fn show(
    Path((webhook, id)): Path<(String, String)>,
    user: CurrentUser,
) -> Result<Markup, PageError> {
    let mut args = one("webhook_id", &webhook);
    args.insert("delivery_id".to_owned(), id.into());
    let detail = user.send::<GetDelivery>(args).await?;
    let delivery = &detail.delivery;
    let back = path(&webhook);
    let here = format!("{back}/deliveries/{}", delivery.id);
    Ok(view::page(
        &user,
        &delivery.event,
        &html! {
            p.crumbs { a href="/settings/webhooks" { "Webhooks" } " / " a href=(back) { "Deliveries" } }
            div.head {
                h1 { (delivery.event) }
                @if user.may(Scope::WEBHOOKS_WRITE) { (resend(&user, delivery, &here)) }
            }
            (facts(&detail))
            section {
                h2 { "Tries" }
                @if detail.tries.is_empty() { p.faint { "It was not tried yet." } }
                @for attempt in detail.tries.iter().rev() { (card(attempt)) }
            }
            section.card { (view::copyable("payload", &pretty(&detail.request_body), "Payload")) }
        },
    ))
}

fn facts(detail: &DeliveryDetail) -> Markup {
    let delivery = &detail.delivery;
    let next = delivery.next_attempt_at.map(|at| ("Next try", view::when(at)));
    let mut facts = vec![
        ("State", words::delivery_state(delivery)),
        ("Event", html! { code { (delivery.event_id) } }),
        ("Happened", view::when(delivery.created_at)),
        ("Tries", html! { (delivery.attempts) }),
    ];
    facts.extend(next);
    html! { section.card { (view::facts(&facts)) } }
}

fn card(attempt: &AttemptView) -> Markup {
    let taken = attempt.response_code.is_some_and(|code| (200..300).contains(&code));
    let body = attempt.response_body.as_deref().unwrap_or_default();
    html! {
        div.card {
            div.row.between {
                h3 { "Try " (attempt.attempt) }
                span { (view::tag(if taken { "Taken" } else { "Not taken" }, if taken { "good" } else { "bad" })) }
            }
            (view::facts(&[
                ("Answer", words::answer(attempt.response_code, attempt.error_message.as_deref())),
                ("Sent", view::when(attempt.at)),
                ("Took", html! { (attempt.duration_ms) " ms" }),
                ("To", html! { (attempt.url) }),
            ]))
            @if let (Some(_), Some(fault)) = (attempt.response_code, &attempt.error_message) { p.small.faint { (fault) } }
            @if !body.is_empty() {
                (view::copyable(&format!("answer-{}", attempt.attempt), body, "Body of the answer"))
            }
            details.more {
                summary { "Headers of try " (attempt.attempt) }
                h4 { "Sent" }
                (headers(&attempt.request_headers))
                @if let Some(answered) = &attempt.response_headers { h4 { "Answered" } (headers(answered)) }
            }
        }
    }
}

fn headers(headers: &Map<String, Value>) -> Markup {
    html! {
        dl.facts.small {
            @for (name, value) in headers { dt { code { (name) } } dd { (value.as_str().unwrap_or_default()) } }
        }
    }
}

fn pretty(value: &Map<String, Value>) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

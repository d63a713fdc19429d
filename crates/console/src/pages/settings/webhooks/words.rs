//! How a webhook and its deliveries stand, for people.

use crate::view;
use g8_domain::record::{DeliveryStatus, PausedReason, WebhookStatus};
use g8_signals::webhook::{DeliveryView, WebhookView};
use maud::{Markup, html};

pub fn state(webhook: &WebhookView) -> Markup {
    match webhook.status {
        WebhookStatus::Active => view::tag("Active", "good"),
        WebhookStatus::Paused => view::tag("Paused", "warn"),
        WebhookStatus::Disabled => view::tag("Switched off", "bad"),
    }
}

/// Why no events are sent, and what to do about it.
pub fn why_not(webhook: &WebhookView) -> Option<&'static str> {
    match (webhook.status, webhook.paused_reason) {
        (WebhookStatus::Active, _) => None,
        (WebhookStatus::Disabled, _) => Some("The operator of this server has switched it off."),
        (_, Some(PausedReason::Failures)) => {
            Some("It was paused because an event could not be delivered, however often it was tried.")
        }
        (_, Some(PausedReason::Gone)) => {
            Some("It was paused because the receiver answered that it is gone for good (410).")
        }
        (_, Some(PausedReason::Manual) | None) => Some("Somebody paused it."),
    }
}

pub fn delivery_state(delivery: &DeliveryView) -> Markup {
    match delivery.status {
        DeliveryStatus::Pending if delivery.attempts > 0 => view::tag("Will be tried again", "warn"),
        DeliveryStatus::Pending => view::tag("Waiting", "warn"),
        DeliveryStatus::Success => view::tag("Delivered", "good"),
        DeliveryStatus::Failed => view::tag("Failed", "bad"),
    }
}

/// What the receiver said, or why it said nothing.
pub fn answer(code: Option<i64>, fault: Option<&str>) -> Markup {
    html! {
        @match (code, fault) {
            (Some(code), _) => { "Status " (code) }
            (None, Some(fault)) => { (fault) }
            (None, None) => { span.faint { "none yet" } }
        }
    }
}

/// The names of events, the first few of them.
pub fn events(names: &[String], most: usize) -> Markup {
    if names.iter().any(|name| name == "*") {
        return view::tag("All events", "");
    }
    html! {
        (view::tags(&names[..names.len().min(most)]))
        @if names.len() > most { span.small.faint { "and " (names.len() - most) " more" } }
    }
}

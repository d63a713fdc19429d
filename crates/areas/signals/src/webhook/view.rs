//! A webhook and its deliveries as callers see them: both published shapes in one (contract/platform.md §7, B6).

use g8_auth::{Pepper, WebhookSecret};
use g8_domain::{
    Ts,
    record::{Attempt, Delivery, DeliveryStatus, PausedReason, Webhook, WebhookStatus},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

/// A webhook without its secret.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct WebhookView {
    pub id: Uuid,
    pub name: String,
    pub url: String,
    pub description: Option<String>,
    pub events: Vec<String>,
    /// The same as `events`
    pub event_types: Vec<String>,
    /// Sequences that it is for; null for all
    pub sequence_template_ids: Option<Vec<Uuid>>,
    pub status: WebhookStatus,
    /// Whether the status is ACTIVE
    pub is_active: bool,
    /// Why it is paused
    pub paused_reason: Option<PausedReason>,
    /// First characters of the secret; safe to show
    pub secret_prefix: String,
    /// Until when the secret before the last rotation signs as well
    pub previous_secret_valid_until: Option<Ts>,
    /// Failed tries since the last success
    pub consecutive_failures: i64,
    pub last_delivery_at: Option<Ts>,
    pub created_at: Ts,
    pub updated_at: Ts,
}

impl WebhookView {
    pub(super) fn new(webhook: Webhook, pepper: &Pepper, now: Ts) -> Self {
        let secret = WebhookSecret::of(pepper, webhook.id, webhook.secret_version);
        Self {
            id: webhook.id,
            name: webhook.name,
            url: webhook.url,
            description: webhook.description,
            event_types: webhook.events.clone(),
            events: webhook.events,
            sequence_template_ids: webhook
                .sequence_template_ids
                .and_then(|ids| serde_json::from_value(ids).ok()),
            status: webhook.status,
            is_active: webhook.status == WebhookStatus::Active,
            paused_reason: webhook.paused_reason,
            secret_prefix: secret.prefix(),
            previous_secret_valid_until: webhook.previous_until.filter(|until| *until > now),
            consecutive_failures: webhook.consecutive_failures,
            last_delivery_at: webhook.last_delivery_at,
            created_at: webhook.created_at,
            updated_at: webhook.updated_at,
        }
    }
}

/// A webhook with its secret: shown in this answer and never again.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct NewWebhookView {
    /// The webhook.
    #[serde(flatten)]
    pub webhook: WebhookView,
    /// The secret that signs deliveries. Store it now; it cannot be shown again
    pub secret: String,
}

impl NewWebhookView {
    pub(super) fn new(webhook: Webhook, pepper: &Pepper, now: Ts) -> Self {
        let secret = WebhookSecret::of(pepper, webhook.id, webhook.secret_version).reveal();
        Self { webhook: WebhookView::new(webhook, pepper, now), secret }
    }
}

/// An event on its way to a webhook.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct DeliveryView {
    /// The event's id: within a webhook it names the delivery
    pub id: Uuid,
    pub event_id: Uuid,
    pub event: String,
    pub status: DeliveryStatus,
    pub attempts: i64,
    /// Tries after which the webhook is paused
    pub max_attempts: i64,
    /// When it is tried next, while it is pending
    pub next_attempt_at: Option<Ts>,
    pub response_code: Option<i64>,
    pub error_message: Option<String>,
    pub created_at: Ts,
    pub completed_at: Option<Ts>,
}

impl DeliveryView {
    pub(super) fn new(delivery: Delivery, retries: usize) -> Self {
        Self {
            id: delivery.event_id,
            event_id: delivery.event_id,
            event: delivery.event,
            status: delivery.status,
            attempts: delivery.attempts,
            max_attempts: i64::try_from(retries + 1).unwrap_or(i64::MAX),
            next_attempt_at: (delivery.status == DeliveryStatus::Pending)
                .then_some(delivery.due_at.max(delivery.created_at)),
            response_code: delivery.response_code,
            error_message: delivery.error_message,
            created_at: delivery.created_at,
            completed_at: delivery.completed_at,
        }
    }
}

/// A delivery with every try.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct DeliveryDetail {
    /// The delivery.
    #[serde(flatten)]
    pub delivery: DeliveryView,
    /// What is sent: the body of every try
    pub request_body: Map<String, Value>,
    /// The tries, in order
    pub tries: Vec<AttemptView>,
}

/// One try of a delivery.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct AttemptView {
    pub attempt: i64,
    pub at: Ts,
    pub url: String,
    pub request_headers: Map<String, Value>,
    pub response_code: Option<i64>,
    pub response_headers: Option<Map<String, Value>>,
    /// The beginning of the answer's body
    pub response_body: Option<String>,
    pub error_message: Option<String>,
    pub duration_ms: i64,
}

impl From<Attempt> for AttemptView {
    fn from(attempt: Attempt) -> Self {
        Self {
            attempt: attempt.attempt,
            at: attempt.at,
            url: attempt.url,
            request_headers: attempt.request_headers.as_object().cloned().unwrap_or_default(),
            response_code: attempt.response_code,
            response_headers: attempt.response_headers.and_then(|headers| headers.as_object().cloned()),
            response_body: attempt.response_body,
            error_message: attempt.error_message,
            duration_ms: attempt.duration_ms,
        }
    }
}

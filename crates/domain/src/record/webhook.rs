//! Where an organisation hears of its events.

use super::words;
use crate::Ts;
use serde_json::Value;
use uuid::Uuid;

words! {
    /// Whether a webhook is told of events (contract/platform.md §7.2).
    WebhookStatus {
        /// It is.
        Active = "ACTIVE",
        /// Events that happen meanwhile are not kept for it; they can be asked for afterwards.
        Paused = "PAUSED",
        /// Switched off by the operator.
        Disabled = "DISABLED",
    }
}

words! {
    /// Why a webhook is paused.
    PausedReason {
        /// Somebody wanted it so.
        Manual = "manual",
        /// An event could not be delivered, however often it was tried.
        Failures = "failures",
        /// The receiver said that it is gone for good (410).
        Gone = "gone",
    }
}

words! {
    /// Where a delivery stands.
    DeliveryStatus {
        /// It is to be tried, or tried again.
        Pending = "pending",
        /// The receiver took it.
        Success = "success",
        /// It was tried for the last time.
        Failed = "failed",
    }
}

/// A webhook as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Webhook {
    pub id: Uuid,
    pub org_id: Uuid,
    pub name: String,
    pub url: String,
    pub description: Option<String>,
    /// Names of events as they were asked for; `*` for all.
    pub events: Vec<String>,
    pub sequence_template_ids: Option<Value>,
    pub status: WebhookStatus,
    pub paused_reason: Option<PausedReason>,
    /// Counts the rotations of the secret.
    pub secret_version: i64,
    /// Until when the secret before signs as well.
    pub previous_until: Option<Ts>,
    /// Failed attempts since the last success.
    pub consecutive_failures: i64,
    /// The receiver asked to be left alone until then.
    pub hold_until: Option<Ts>,
    pub last_delivery_at: Option<Ts>,
    pub created_by: Option<Uuid>,
    pub created_at: Ts,
    pub updated_at: Ts,
}

/// An event on its way to a webhook, as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Delivery {
    pub webhook_id: Uuid,
    pub event_id: Uuid,
    /// The name it is told by.
    pub event: String,
    pub status: DeliveryStatus,
    /// When it is tried next; 0 for at once.
    pub due_at: Ts,
    pub attempts: i64,
    /// Attempts before it was last asked for again.
    pub retried_from: i64,
    pub response_code: Option<i64>,
    pub error_message: Option<String>,
    pub created_at: Ts,
    pub completed_at: Option<Ts>,
}

/// One try of a delivery, as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Attempt {
    pub webhook_id: Uuid,
    pub event_id: Uuid,
    pub attempt: i64,
    pub at: Ts,
    pub url: String,
    pub request_headers: Value,
    pub response_code: Option<i64>,
    pub response_headers: Option<Value>,
    pub response_body: Option<String>,
    pub error_message: Option<String>,
    pub duration_ms: i64,
}

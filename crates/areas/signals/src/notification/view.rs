//! A notification as callers see it.

use g8_domain::{Ts, record::Notification};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What somebody should know.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct NotificationView {
    pub id: Uuid,
    /// Which sort of news, as webhook.paused
    pub kind: String,
    pub subject: String,
    pub text: String,
    /// Whom it is for; null for everybody
    pub user_id: Option<Uuid>,
    pub created_at: Ts,
    pub read_at: Option<Ts>,
}

impl From<Notification> for NotificationView {
    fn from(notification: Notification) -> Self {
        Self {
            id: notification.id,
            kind: notification.kind,
            subject: notification.subject,
            text: notification.text,
            user_id: notification.user_id,
            created_at: notification.created_at,
            read_at: notification.read_at,
        }
    }
}

//! What somebody should know.

use crate::Ts;
use uuid::Uuid;

/// A notification as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Notification {
    pub id: Uuid,
    pub org_id: Uuid,
    /// Whom it is for; everybody of the organisation when none.
    pub user_id: Option<Uuid>,
    /// Which sort of news, as `webhook.paused`.
    pub kind: String,
    pub subject: String,
    pub text: String,
    pub created_at: Ts,
    pub read_at: Option<Ts>,
}

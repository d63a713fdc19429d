//! An invitation as callers see it.

use g8_domain::{
    Ts,
    record::{Link, Role},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Somebody who was invited and has not joined yet.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct InvitationView {
    pub id: Uuid,
    pub email: String,
    pub role: Role,
    /// Who invited
    pub created_by: Option<String>,
    pub created_at: Ts,
    pub expires_at: Ts,
}

impl From<Link> for InvitationView {
    fn from(link: Link) -> Self {
        Self {
            id: link.id,
            email: link.email.unwrap_or_default(),
            role: link.role.unwrap_or(Role::ReadOnly),
            created_by: link.created_by,
            created_at: link.created_at,
            expires_at: link.expires_at,
        }
    }
}

/// A new invitation with its link: shown in this answer and never again.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct NewInvitationView {
    /// The invitation.
    #[serde(flatten)]
    pub invitation: InvitationView,
    /// What the invited person opens; works once, for seven days
    pub link: String,
    /// Whether it was sent to them by mail as well
    pub mailed: bool,
}

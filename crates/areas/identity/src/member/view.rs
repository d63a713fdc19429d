//! A member as callers see them.

use g8_domain::{
    Ts,
    record::{Role, User},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A person in the organization.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct MemberView {
    pub id: Uuid,
    pub email: String,
    pub name: String,
    pub role: Role,
    /// When the account was made
    pub created_at: Ts,
}

impl From<(User, Role)> for MemberView {
    fn from((user, role): (User, Role)) -> Self {
        Self { id: user.id, email: user.email, name: user.name, role, created_at: user.created_at }
    }
}

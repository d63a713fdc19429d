//! Links that work once.

use super::{Role, words};
use crate::Ts;
use uuid::Uuid;

words! {
    /// What a link is for.
    Purpose {
        /// Making the first account.
        Setup = "setup",
        /// Joining an organisation.
        Invitation = "invitation",
        /// A new password.
        Password = "password",
        /// The second step of signing in.
        Code = "code",
    }
}

/// A link as stored; what is in it is made when it is needed.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    pub id: Uuid,
    /// Keyed hash of the token.
    pub digest: Vec<u8>,
    pub purpose: Purpose,
    pub user_id: Option<Uuid>,
    pub org_id: Option<Uuid>,
    pub email: Option<String>,
    pub role: Option<Role>,
    /// Who made it, in words.
    pub created_by: Option<String>,
    pub created_at: Ts,
    pub expires_at: Ts,
}

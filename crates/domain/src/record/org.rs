//! Who owns the data, and who works with it.

use super::words;
use crate::Ts;
use uuid::Uuid;

/// A workspace. Everything but users belongs to exactly one.
#[derive(Debug, Clone, PartialEq)]
pub struct Organization {
    pub id: Uuid,
    pub name: String,
    /// The name of the plan that sets its limits.
    pub plan: String,
    pub created_at: Ts,
    /// How many addresses are kept out because their people asked to be erased.
    pub erasures: i64,
}

words! {
    /// What a member may do.
    Role {
        /// Everything, other members included.
        Admin = "admin",
        /// Work with the data.
        Member = "member",
        /// Look.
        ReadOnly = "read_only",
    }
}

/// A person who signs in; a member of one organisation or several.
#[derive(Debug, Clone, PartialEq)]
pub struct User {
    pub id: Uuid,
    pub email: String,
    pub name: String,
    pub created_at: Ts,
}

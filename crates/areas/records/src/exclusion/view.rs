//! An exclusion as callers see it (contract/platform.md §9, B9).

use g8_domain::{
    Ts,
    record::{Category, Channel, Exclusion, ExclusionKind, Reason},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An exclusion: whoever has one of its names is not written to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct ExclusionView {
    pub id: Uuid,
    /// `contact`, or `account` for a whole domain
    pub kind: ExclusionKind,
    pub email: Option<String>,
    pub linkedin_url: Option<String>,
    pub phone: Option<String>,
    pub contact_id: Option<i64>,
    pub domain: Option<String>,
    /// The ways it closes
    pub channel: Channel,
    pub reason: Reason,
    /// Who wanted it; follows from the reason
    pub category: Category,
    /// When it ends by itself; never when null
    pub until: Option<Ts>,
    pub message: Option<String>,
    pub created_by: Option<String>,
    pub created_at: Ts,
    pub updated_at: Ts,
}

impl From<Exclusion> for ExclusionView {
    fn from(one: Exclusion) -> Self {
        Self {
            id: one.id,
            kind: one.kind,
            email: one.email,
            linkedin_url: one.linkedin_url,
            phone: one.phone,
            contact_id: one.contact_id,
            domain: one.domain,
            channel: one.channel,
            reason: one.reason,
            category: one.category,
            until: one.until,
            message: one.message,
            created_by: one.created_by,
            created_at: one.created_at,
            updated_at: one.updated_at,
        }
    }
}

//! What happens to exclusions.

use g8_core::{events, events::EXAMPLE};
use g8_domain::{
    Ts,
    event::Ref,
    record::{Category, Channel, ExclusionKind, Reason},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

events! {
    ExclusionPayload, about, example => {
        ExclusionCreated = "exclusion.created": "Somebody is not to be written to any more";
        ExclusionUpdated = "exclusion.updated": "An exclusion was changed";
        ExclusionDeleted = "exclusion.deleted": "An exclusion was taken back";
        ExclusionLifted = "exclusion.lifted": "An exclusion has come to its end";
    }
}

fn about(exclusion: &ExclusionPayload) -> Vec<Ref> {
    std::iter::once(Ref::Exclusion(exclusion.id)).chain(exclusion.contact_id.map(Ref::Contact)).collect()
}

fn example() -> ExclusionPayload {
    ExclusionPayload {
        id: Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0002),
        kind: ExclusionKind::Contact,
        email: Some("ann@example.com".to_owned()),
        linkedin_url: None,
        phone: None,
        contact_id: Some(42),
        domain: None,
        channel: Channel::All,
        reason: Reason::Unsubscribed,
        category: Reason::Unsubscribed.category(),
        until: None,
        message: None,
        created_by: Some("Ann".to_owned()),
        created_at: EXAMPLE,
        updated_at: EXAMPLE,
    }
}

/// An exclusion as events say it. Version 1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct ExclusionPayload {
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

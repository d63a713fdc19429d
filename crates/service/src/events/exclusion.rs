//! What happens to exclusions.

use super::{EXAMPLE, events};
use crate::ops::exclusion::ExclusionView;
use g8_domain::{
    event::Ref,
    record::{Channel, Exclusion, ExclusionKind, Reason},
};
use uuid::Uuid;

events! {
    ExclusionView, about, example => {
        ExclusionCreated = "exclusion.created": "Somebody is not to be written to any more";
        ExclusionUpdated = "exclusion.updated": "An exclusion was changed";
        ExclusionDeleted = "exclusion.deleted": "An exclusion was taken back";
        ExclusionLifted = "exclusion.lifted": "An exclusion has come to its end";
    }
}

fn about(exclusion: &ExclusionView) -> Vec<Ref> {
    std::iter::once(Ref::Exclusion(exclusion.id)).chain(exclusion.contact_id.map(Ref::Contact)).collect()
}

fn example() -> ExclusionView {
    Exclusion {
        id: Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0002),
        org_id: Uuid::nil(),
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
    .into()
}

//! Whether a contact is suppressed.

use crate::exclusion::ExclusionView;
use g8_core::{
    Ctx,
    suppression::{Recipient, SuppressionCheck, is_excluded},
};
use g8_domain::{
    Result, Ts,
    record::{Category, Channel, Contact, Reason},
};
use g8_storage::{Session, exclusions};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Whether and how a contact may be written to.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Suppression {
    /// Id of the contact
    pub contact_id: i64,
    /// Whether any way to the contact is closed
    pub suppressed: bool,
    /// The ways that are closed
    pub channels: Vec<Channel>,
    /// Why, by the exclusion that holds longest
    pub reason: Option<Reason>,
    /// Who wanted that one; `contact_initiated` cannot be lifted
    pub category: Option<Category>,
    /// When that one ends; for good when null
    pub until: Option<Ts>,
    /// Every exclusion that holds for the contact
    pub exclusions: Vec<ExclusionView>,
}

/// Whether a contact is suppressed, as every sender would be told.
pub(super) async fn suppression(ctx: &Ctx, on: &mut impl Session, contact: &Contact) -> Result<Suppression> {
    let who = Recipient::from_contact(contact);
    let (mut channels, mut first) = (Vec::new(), None);
    for way in [Channel::Email, Channel::Phone, Channel::Linkedin] {
        if let Some(excluded) = is_excluded(&SuppressionCheck::of(ctx, way), on, &who).await? {
            channels.push(way);
            first = first.or(Some(excluded));
        }
    }
    let mut found: Vec<ExclusionView> = Vec::new();
    for named in exclusions::named(on, ctx.org(), who.names(), ctx.now()).await? {
        if found.iter().all(|one| one.id != named.exclusion.id) {
            found.push(named.exclusion.into());
        }
    }
    found.sort_by_key(|one| std::cmp::Reverse(one.id));
    Ok(Suppression {
        contact_id: contact.id,
        suppressed: !channels.is_empty(),
        channels,
        reason: first.as_ref().map(|excluded| excluded.reason),
        category: first.as_ref().map(|excluded| excluded.category),
        until: first.and_then(|excluded| excluded.until),
        exclusions: found,
    })
}

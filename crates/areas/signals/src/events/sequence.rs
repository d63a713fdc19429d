//! What happens to sequences (contract/platform.md §7.1).

use g8_core::{events, events::EXAMPLE};
use g8_domain::{Ts, event::Ref};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

events! {
    SequenceProgress, |progress: &SequenceProgress| vec![Ref::Sequence(progress.sequence_id)], example => {
        SequenceCompleted = "sequence.completed" or "sequence_completed": "A sequence has no contact left to go through it";
    }
}

/// How far a sequence is.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
#[schemars(rename = "Progress")]
pub struct SequenceProgress {
    pub sequence_id: Uuid,
    pub sequence_name: Option<String>,
    pub campaign_id: Option<Uuid>,
    /// Contacts that went through to the end
    pub contacts_completed: i64,
    pub completed_at: Option<Ts>,
}

fn example() -> SequenceProgress {
    SequenceProgress {
        sequence_id: Uuid::from_u128(0x0197_0000_0000_7000_8000_0000_0000_0001),
        sequence_name: Some("Spring outreach".to_owned()),
        campaign_id: None,
        contacts_completed: 120,
        completed_at: Some(EXAMPLE),
    }
}

//! What happens to sequences (contract/platform.md §7.1, B8).

use g8_core::{events, events::EXAMPLE};
use g8_domain::{Ts, event::Ref};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

events! {
    SequenceFinish, about, example => {
        SequenceCompleted = "sequence.completed" or "sequence_completed": "A contact has finished a sequence";
    }
}

/// One contact's way through a sequence, at its end. Version 1.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct SequenceFinish {
    pub sequence_id: Uuid,
    pub sequence_name: Option<String>,
    pub campaign_id: Option<Uuid>,
    /// The contact who has finished
    pub contact_id: i64,
    /// Their run through the sequence
    pub enrollment_id: Option<Uuid>,
    /// Contacts who have finished the sequence, this one among them
    pub contacts_completed: i64,
    pub completed_at: Ts,
}

fn about(finish: &SequenceFinish) -> Vec<Ref> {
    vec![Ref::Sequence(finish.sequence_id), Ref::Contact(finish.contact_id)]
}

fn example() -> SequenceFinish {
    SequenceFinish {
        sequence_id: Uuid::from_u128(0x0197_0000_0000_7000_8000_0000_0000_0001),
        sequence_name: Some("Spring outreach".to_owned()),
        campaign_id: None,
        contact_id: 42,
        enrollment_id: Some(Uuid::from_u128(0x0197_0000_0000_7000_8000_0000_0000_0003)),
        contacts_completed: 120,
        completed_at: EXAMPLE,
    }
}

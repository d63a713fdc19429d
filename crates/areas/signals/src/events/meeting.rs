//! What happens to meetings (contract/platform.md §7.1).

use g8_core::{events, events::EXAMPLE};
use g8_domain::{Ts, event::Ref};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

events! {
    Meeting, about, example => {
        MeetingBooked = "meeting.booked" or "meeting.created" or "meeting_booked": "A meeting was booked";
    }
}

/// A meeting and with whom.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct Meeting {
    pub meeting_id: Uuid,
    pub meeting_title: Option<String>,
    pub contact_id: Option<i64>,
    pub email: Option<String>,
    pub scheduled_at: Ts,
    pub duration_minutes: i64,
    pub sequence_id: Option<Uuid>,
    pub campaign_id: Option<Uuid>,
    pub booked_at: Ts,
}

fn about(meeting: &Meeting) -> Vec<Ref> {
    let contact = meeting.contact_id.map(Ref::Contact);
    std::iter::once(Ref::Meeting(meeting.meeting_id)).chain(contact).collect()
}

fn example() -> Meeting {
    Meeting {
        meeting_id: Uuid::from_u128(0x0197_0000_0000_7000_8000_0000_0000_0002),
        meeting_title: Some("Demo".to_owned()),
        contact_id: Some(42),
        email: Some("ann@example.com".to_owned()),
        scheduled_at: EXAMPLE.plus(Ts::DAY),
        duration_minutes: 30,
        sequence_id: None,
        campaign_id: None,
        booked_at: EXAMPLE,
    }
}

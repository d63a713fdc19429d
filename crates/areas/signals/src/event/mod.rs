//! What happened, one by one: to be looked at, followed, tried out and sent again.

mod follow;
mod forward;
mod get;
mod list;
mod resend;
mod trigger;
mod view;

pub use follow::{FollowEvents, Input as FollowEventsInput};
pub use forward::Forwarder;
pub use get::GetEvent;
pub use list::ListEvents;
pub use resend::ResendEvent;
pub use trigger::TriggerEvent;
pub use view::EventView;

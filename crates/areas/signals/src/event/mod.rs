//! What happened, one by one: to be looked at, followed, tried out and sent again.

mod follow;
mod get;
mod list;
mod resend;
mod trigger;
mod view;

pub use follow::{Follow, Input as FollowInput};
pub use get::Get;
pub use list::List;
pub use resend::Resend;
pub use trigger::Trigger;
pub use view::EventView;

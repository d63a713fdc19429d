//! What is a person's own: the browsers they are signed in with.

mod end_session;
mod sessions;

pub use end_session::EndSession;
pub use sessions::{Input as SessionsInput, SessionView, Sessions};

use crate::Doors;

pub(super) fn register(doors: &mut impl Doors) {
    doors.add::<Sessions>();
    doors.add::<EndSession>();
}

//! Inviting people.

mod create;
mod list;
mod revoke;
#[cfg(test)]
mod tests;
mod view;

pub use create::Create;
pub use list::List;
pub use revoke::Revoke;
pub use view::{InvitationView, NewInvitationView};

use crate::Doors;

pub(super) fn register(doors: &mut impl Doors) {
    doors.add::<List>();
    doors.add::<Create>();
    doors.add::<Revoke>();
}

//! API keys: made, listed, rotated and revoked by their own organisation.

mod create;
mod get;
mod list;
mod revoke;
mod rotate;
mod scopes;
mod view;

pub use create::Create;
pub use get::Get;
pub use list::List;
pub use revoke::Revoke;
pub use rotate::Rotate;
pub use scopes::Scopes;
pub use view::{KeyView, NewKeyView};

use crate::Doors;

pub(super) fn register(doors: &mut impl Doors) {
    doors.add::<List>();
    doors.add::<Scopes>();
    doors.add::<Create>();
    doors.add::<Get>();
    doors.add::<Rotate>();
    doors.add::<Revoke>();
}

#[cfg(test)]
mod tests;

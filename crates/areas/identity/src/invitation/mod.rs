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

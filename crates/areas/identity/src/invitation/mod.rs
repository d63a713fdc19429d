//! Inviting people.

mod create;
mod list;
mod revoke;
#[cfg(test)]
mod tests;
mod view;

pub use create::CreateInvitation;
pub use list::ListInvitations;
pub use revoke::RevokeInvitation;
pub use view::{InvitationView, NewInvitationView};

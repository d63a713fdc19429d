//! Assistants that people have let in, as an administrator sees them; one's own are with the profile.

mod list;
mod revoke;
#[cfg(test)]
mod tests;
mod view;

pub use list::ListAssistants;
pub(super) use revoke::end;
pub use revoke::{Input, RevokeAssistant};
pub use view::AssistantView;
pub(super) use view::shown;

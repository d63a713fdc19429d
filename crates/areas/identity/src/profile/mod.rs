//! What is a person's own: the browsers they are signed in with, the assistants they have let in.

mod assistants;
mod end_assistant;
mod end_session;
mod sessions;

pub use assistants::ListOwnAssistants;
pub use end_assistant::EndOwnAssistant;
pub use end_session::EndOwnSession;
pub use sessions::{Input as ListOwnSessionsInput, ListOwnSessions, SessionView};

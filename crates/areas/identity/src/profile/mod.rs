//! What is a person's own: the browsers they are signed in with, the assistants they have let in.

mod assistants;
mod end_assistant;
mod end_session;
mod sessions;

pub use assistants::Assistants;
pub use end_assistant::EndAssistant;
pub use end_session::EndSession;
pub use sessions::{Input as SessionsInput, SessionView, Sessions};

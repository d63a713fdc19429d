//! API keys of the organisation, and of a person.

pub mod create;
pub mod end;
pub mod list;
mod secret;

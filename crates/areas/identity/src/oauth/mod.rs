//! The authorization server (OAuth 2.1): a person lets a program in, which then has tokens for the tools.
//!
//! What was let in is a key of its own sort (`via = assistant`): the one way in admits it as it does every other,
//! and its person's role and membership are read again at each use. Doors and pages call the functions here; they
//! decide nothing themselves.

mod ask;
mod client;
mod code;
mod consent;
mod document;
mod error;
mod grant;
mod metadata;
mod params;
mod redirect;
mod refresh;
mod register;
mod requested_scopes;
mod revoke;
#[cfg(test)]
mod tests;
mod token;

pub use ask::{AuthorizationRequest, AuthorizeError, ask};
pub use client::COMMAND_LINE;
pub use consent::{Consent, Destination, Group, OrganizationChoice, consent, decide};
pub use error::OauthError;
pub use metadata::metadata;
pub use params::Params;
pub use register::{Registered, Registration, register};
pub use requested_scopes::offered;
pub use revoke::revoke;
pub use token::{Granted, token};

//! The world outside.
//!
//! A server that a caller names is never trusted: [`Outbound`] connects to public addresses only, follows
//! no redirect, and reads no more of an answer than it was told to.

mod guard;
mod mail;
mod oidc;
mod outbound;

pub use guard::{Guard, is_public};
pub use mail::{Letter, Mailer};
pub use oidc::{Identity, Oidc, Trip};
pub use outbound::{Answer, Fault, Outbound, Post};

//! The world outside.
//!
//! A server that a caller names is never trusted: [`Outbound`] connects to public addresses only, follows
//! no redirect, and reads no more of an answer than it was told to. What goes wrong is an [`OutboundError`].

mod answer;
mod body;
mod bounds;
mod fault;
mod guard;
mod headers;
mod mail;
mod oidc;
mod outbound;
mod request;
mod retry_after;
mod stream;
mod vendor;
mod words;

#[cfg(test)]
mod tests;

pub use answer::OutboundAnswer;
pub use body::MultipartForm;
pub use fault::OutboundError;
pub use guard::{Guard, is_public};
pub use mail::{Letter, Mailer};
pub use oidc::{AuthorizationState, Identity, OidcProvider};
pub use outbound::{Outbound, OutboundResponse, Post};
pub use request::OutboundRequest;
pub use retry_after::RetryAfter;
pub use stream::OutboundStream;
pub use vendor::{VendorFault, VendorFaultKind};

//! Every operation of the product, and the one way in.
//!
//! An [`Operation`] is declared once: its name, address, scopes, bindings and types are a [`Spec`]
//! and two structs beside the function that runs it. [`ops::register`] lists them all. A door makes
//! an [`Entry`] by [`App::enter`] and runs an operation's [`Action`] by [`App::call`], which checks limits, scopes
//! and arguments, in that order and nowhere else. [`Backend`] is that same call
//! for programs: [`Embedded`] here, over HTTP in `g8-client`.

mod action;
pub mod admin;
mod app;
mod backend;
pub mod backup;
mod call;
mod callers;
mod change;
mod clock;
mod confirm;
mod ctx;
pub mod doctor;
mod entropy;
pub mod events;
pub mod exclusion;
mod file;
mod idempotency;
pub mod import;
pub mod jobs;
mod limiter;
mod notify;
pub mod oauth;
pub mod ops;
mod paging;
pub mod people;
mod request_log;
mod shape;
mod spec;
mod start;
mod streams;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod tries;
mod vitals;
pub mod wire;

pub use action::Action;
pub use app::{App, Tuning};
pub use backend::{Backend, Embedded};
pub use call::{Credential, Done, Entry, Origin};
pub use change::Change;
pub use clock::Clock;
pub use ctx::Ctx;
pub use entropy::Entropy;
pub use file::{Incoming, Outgoing};
pub use g8_auth::{Audience, Broken, Caller, Label, Quota, Seal, Sealed, Token, Totp};
#[cfg(feature = "failpoints")]
pub use g8_storage::points;
pub use limiter::{Limiter, keep_counts, network};
pub use paging::Paging;
pub use request_log::{Answered, RequestLog, keep_requests};
pub use shape::{Args, Shape};
pub use spec::{Body, Doors, Effect, Mode, Operation, Spec, Verb};
pub use start::{Claim, StartError, claim, open};
pub use vitals::Vitals;

#[cfg(test)]
mod tests {
    mod audit;
    mod idempotency;
    mod limits;
    mod start;
    pub mod twice;
    mod walk;
}

//! Every operation of the product, and the one way in.
//!
//! An [`Operation`] is declared once: its name, address, scopes, bindings and types are a [`Spec`]
//! and two structs beside the function that runs it. [`ops::register`] lists them all. A door makes
//! a [`Caller`](g8_auth::Caller) by [`App::authenticate`] and runs an operation by [`App::call`],
//! which checks scopes and arguments, in that order and nowhere else. [`Backend`] is that same call
//! for programs: [`Embedded`] here, over HTTP in `g8-client`.

pub mod admin;
mod app;
mod backend;
mod call;
mod clock;
mod ctx;
mod entropy;
pub mod import;
pub mod ops;
mod paging;
mod shape;
mod spec;
mod start;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod wire;

pub use app::App;
pub use backend::{Backend, Embedded};
pub use call::{Credential, Origin};
pub use clock::Clock;
pub use ctx::Ctx;
pub use entropy::Entropy;
pub use g8_auth::Token;
pub use paging::Paging;
pub use shape::{Args, Shape};
pub use spec::{Body, Doors, Effect, Mode, Operation, Spec, Verb};
pub use start::{Claim, StartError, claim, open};

#[cfg(test)]
mod tests;

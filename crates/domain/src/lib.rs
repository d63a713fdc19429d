//! What the product talks about: scopes, values, records, events and errors.
//!
//! This is the ground floor. Nothing here waits, reads a clock, knows a database or a protocol, so
//! that every other crate can depend on it and it depends on none of them.

pub mod error;
pub mod event;
pub mod page;
pub mod patch;
pub mod plan;
pub mod record;
pub mod scope;
pub mod time;
pub mod value;

pub use error::{Error, ErrorKind, Issue};
pub use page::Page;
pub use patch::Patch;
pub use plan::{Plan, Plans};
pub use scope::{Scope, Scopes};
pub use time::Ts;

/// The result of anything the product does for a caller.
pub type Result<T, E = Error> = std::result::Result<T, E>;

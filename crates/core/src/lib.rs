//! The engines that every area of the product runs on, and the one way in.
//!
//! An [`Operation`] is declared once: its name, address, scopes, bindings and types are a [`Spec`] and two structs
//! beside the function that runs it. An [`Area`] lists its operations, events and jobs as data, and a [`Registry`]
//! brings areas together; core knows none of them. A door makes an [`Entry`] by [`App::enter`] and runs an operation's
//! [`Action`] by [`App::call`], which checks limits, scopes and arguments, in that order and nowhere else.
//! [`Backend`] is that same call for programs: [`Embedded`] here, over HTTP in `g8-client`.

pub mod access;
mod action;
pub mod admin;
mod app;
pub mod area;
mod backend;
mod call;
mod callers;
mod change;
mod clock;
mod confirm;
mod core_area;
mod ctx;
mod entropy;
mod entry;
pub mod erasure;
pub mod events;
mod file;
pub mod hashing;
mod idempotency;
pub mod jobs;
mod limiter;
pub mod notify;
mod paging;
mod parts;
pub mod registry;
mod request_log;
pub mod sealed;
mod shape;
mod spec;
mod start;
mod streams;
pub mod suppression;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod throttle;
mod tries;
mod upkeep;
mod vitals;
pub mod wire;

pub use action::Action;
pub use app::{App, ServiceConfig};
pub use area::{Area, DataSubject, KeptData, PersonalData, Retain, Sections, days_ago};
pub use backend::{Backend, Embedded, EntryBackend};
pub use change::Change;
pub use clock::Clock;
pub use core_area::CORE;
pub use ctx::Ctx;
pub use entropy::Entropy;
pub use entry::{Credential, Done, Entry, Origin};
pub use events::EventKind;
pub use file::{Incoming, Outgoing, Pieces};
pub use g8_auth::{Audience, Broken, Caller, KeptSecret, Label, Quota, Seal, Sealed, SealedRow, Token, Totp};
#[cfg(feature = "failpoints")]
pub use g8_storage::points;
pub use jobs::JobKind;
pub use limiter::{Limiter, network};
pub use paging::Paging;
pub use parts::{Deleted, Number, Updated};
pub use registry::Registry;
pub use request_log::{Answered, RequestLog};
pub use shape::{Args, Shape};
pub use spec::{Body, Effect, Operation, Spec, ToolAudience, Verb};
pub use start::{Claim, StartError, claim, embedded_file, known_pepper, open, private_folder, without_plan};
pub use streams::Stream;
pub use upkeep::{keep_counts, keep_requests};
pub use vitals::Vitals;

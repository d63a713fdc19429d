//! Every operation, a folder a noun and a file a verb.

pub mod activity;
pub mod assistant;
pub mod audit;
mod cells;
pub mod column;
pub mod company;
pub mod contact;
pub mod deal;
pub mod event;
pub mod exclusion;
pub mod export;
pub mod field;
pub mod import;
pub mod invitation;
pub mod job;
pub mod key;
pub mod list;
pub mod log;
pub mod me;
pub mod member;
pub mod note;
pub mod notification;
pub mod organization;
mod parts;
pub mod pipeline;
mod pool;
pub mod privacy;
pub mod profile;
mod records;
pub mod search;
pub mod stage;
pub mod suppression;
pub mod task;
mod upsert;
pub mod usage;
pub mod webhook;

pub use parts::{Deleted, Number, Updated};
pub use records::Records;
pub use upsert::{Asserted, BatchOutput, RowError};
pub(crate) use upsert::{Custom, Fate};

use crate::Doors;

/// The whole API, in the order in which it is shown.
pub fn register(doors: &mut impl Doors) {
    doors.add::<me::Show>();
    doors.add::<usage::Limits>();
    organization::register(doors);
    member::register(doors);
    invitation::register(doors);
    profile::register(doors);
    assistant::register(doors);
    key::register(doors);
    contact::register(doors);
    company::register(doors);
    list::register(doors);
    note::register(doors);
    deal::register(doors);
    pipeline::register(doors);
    stage::register(doors);
    privacy::register(doors);
    field::register(doors);
    search::register(doors);
    import::register(doors);
    export::register(doors);
    column::register(doors);
    webhook::register(doors);
    event::register(doors);
    notification::register(doors);
    job::register(doors);
    audit::register(doors);
    log::register(doors);
    task::register(doors);
    exclusion::register(doors);
    suppression::register(doors);
    activity::register(doors);
}

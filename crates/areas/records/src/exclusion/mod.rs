//! Who is not to be written to, in Topo's shape: contact and account exclusions, and both as CSV.

mod account;
mod contact;
mod download;
mod fields;
mod job;
mod list;
mod one;
mod rows;
mod upload;
mod view;
mod write;

pub use account::{
    CreateAccountExclusion, DeleteAccountExclusion, GetAccountExclusion, ListAccountExclusions,
    UpdateAccountExclusion,
};
pub use contact::{
    CreateContactExclusion, DeleteContactExclusion, GetContactExclusion, ListContactExclusions,
    UpdateContactExclusion,
};
pub use download::ExportExclusions;
pub(super) use fields::{ExclusionNames, ExclusionTerms};
pub(crate) use job::Lift;
pub(super) use list::page;
pub use upload::{ImportExclusions, Uploaded};
pub use view::ExclusionView;
pub(super) use write::{add, complete, remove, somebody};

#[cfg(test)]
mod tests;

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

pub use account::{CreateAccount, DeleteAccount, GetAccount, ListAccounts, UpdateAccount};
pub use contact::{CreateContact, DeleteContact, GetContact, ListContacts, UpdateContact};
pub use download::Download;
pub(super) use fields::{Names, Terms};
pub(crate) use job::Lift;
pub(super) use list::page;
pub use upload::{Upload, Uploaded};
pub use view::ExclusionView;
pub(super) use write::{add, complete, remove, somebody};

#[cfg(test)]
mod tests;

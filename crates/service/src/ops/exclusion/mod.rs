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

use crate::Doors;

pub(super) fn register(doors: &mut impl Doors) {
    doors.add::<ListContacts>();
    doors.add::<CreateContact>();
    doors.add::<GetContact>();
    doors.add::<UpdateContact>();
    doors.add::<DeleteContact>();
    doors.add::<ListAccounts>();
    doors.add::<CreateAccount>();
    doors.add::<GetAccount>();
    doors.add::<UpdateAccount>();
    doors.add::<DeleteAccount>();
    doors.add::<Upload>();
    doors.add::<Download>();
}

#[cfg(test)]
mod tests;

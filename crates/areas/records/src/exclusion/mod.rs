//! Who is not to be written to, in Topo's shape: contact and account exclusions, and both as CSV.

mod create_account;
mod create_contact;
mod delete_account;
mod delete_contact;
mod download;
mod fields;
mod get_account;
mod get_contact;
mod job;
mod list;
mod list_accounts;
mod list_contacts;
mod one;
mod payload;
mod rows;
mod update_account;
mod update_contact;
mod upload;
mod view;
mod write;

pub use create_account::CreateAccountExclusion;
pub use create_contact::CreateContactExclusion;
pub use delete_account::DeleteAccountExclusion;
pub use delete_contact::DeleteContactExclusion;
pub use download::ExportExclusions;
pub(super) use fields::{ExclusionNames, ExclusionTerms};
pub use get_account::GetAccountExclusion;
pub use get_contact::GetContactExclusion;
pub(crate) use job::Lift;
pub(super) use list::page;
pub use list_accounts::ListAccountExclusions;
pub use list_contacts::ListContactExclusions;
pub use update_account::UpdateAccountExclusion;
pub use update_contact::UpdateContactExclusion;
pub use upload::{ImportExclusions, Uploaded};
pub use view::ExclusionView;
pub(super) use write::{add, complete, remove, somebody};

#[cfg(test)]
mod tests;

//! People.

mod assert;
mod assert_batch;
pub(crate) mod bulk;
mod company;
mod create;
mod delete;
mod get;
mod list;
mod list_of_company;
mod payload;
mod update;
mod view;
mod write;

pub use crate::built_in::ContactFields;
pub use assert::AssertContact;
pub use assert_batch::{AssertContacts, AssertContactsInput};
pub use company::GetCompanyOfContact;
pub use create::CreateContact;
pub use delete::DeleteContact;
pub use get::GetContact;
pub use list::{ContactFilters, ListContacts};
pub(super) use list::{page, rows};
pub use list_of_company::ListContactsOfCompany;
pub use update::UpdateContact;
pub use view::{ContactDetail, ContactRow, EmployerView};

pub(super) use write::changed;

#[cfg(test)]
mod tests;

//! People.

mod assert;
mod assert_batch;
mod company;
mod create;
mod delete;
mod employer;
mod get;
mod list;
mod list_of_company;
mod payload;
mod record;
mod update;
mod view;

pub use crate::built_in::ContactFields;
pub use assert::AssertContact;
pub use assert_batch::{AssertContacts, AssertContactsInput};
pub use company::GetCompanyOfContact;
pub use create::CreateContact;
pub use delete::DeleteContact;
pub use g8_domain::record::ContactFilter;
pub use get::GetContact;
pub use list::{ContactFilters, ListContacts};
pub use list_of_company::ListContactsOfCompany;
pub use update::UpdateContact;
pub use view::{ContactDetail, ContactRow, EmployerView};

#[cfg(test)]
mod tests;

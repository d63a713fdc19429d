//! Lists of contacts and of companies.
//!
//! `lists:*` opens every list; `contact_lists:*` and `account_lists:*` open those of their kind, and
//! for a holder of only one of them the other kind does not exist.

mod access;
mod add_companies;
mod add_contacts;
mod companies;
mod contacts;
mod create;
mod delete;
mod get;
mod lists;
mod of_company;
mod of_contact;
mod remove_companies;
mod remove_contacts;
mod update;
mod view;

pub(super) use access::{holding, joined};
pub use add_companies::AddCompanies;
pub use add_contacts::AddContacts;
pub use companies::Companies;
pub use contacts::Contacts;
pub(super) use create::fresh;
pub use create::{Create, Input as CreateInput};
pub use delete::Delete;
pub use get::Get;
pub use lists::Lists;
pub use of_company::OfCompany;
pub use of_contact::OfContact;
pub use remove_companies::RemoveCompanies;
pub use remove_contacts::RemoveContacts;
pub use update::Update;
pub use view::ListView;

#[cfg(test)]
mod tests;

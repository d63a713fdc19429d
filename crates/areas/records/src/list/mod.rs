//! Lists of contacts and of companies.
//!
//! `lists:*` opens every list; `contact_lists:*` and `account_lists:*` open those of their kind, and
//! for a holder of only one of them the other kind does not exist.

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
mod of_record;
mod payload;
mod remove_companies;
mod remove_contacts;
mod update;
mod view;

pub use add_companies::AddCompaniesToList;
pub use add_contacts::AddContactsToList;
pub use companies::ListCompaniesOfList;
pub use contacts::ListContactsOfList;
pub use create::{CreateList, Input as CreateListInput};
pub use delete::DeleteList;
pub use get::GetList;
pub use lists::ListLists;
pub use of_company::ListListsOfCompany;
pub use of_contact::ListListsOfContact;
pub use remove_companies::RemoveCompaniesFromList;
pub use remove_contacts::RemoveContactsFromList;
pub use update::UpdateList;
pub use view::ListView;

#[cfg(test)]
mod tests;

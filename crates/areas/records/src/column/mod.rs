//! Columns: the fields that contacts and companies have, built in and custom.

mod base;
mod create_of_companies;
mod create_of_contacts;
mod delete_of_companies;
mod delete_of_contacts;
mod input;
mod list_of_companies;
mod list_of_contacts;
mod values;
mod view;
mod write;

pub use create_of_companies::CreateColumnOfCompanies;
pub use create_of_contacts::CreateColumnOfContacts;
pub use delete_of_companies::DeleteColumnOfCompanies;
pub use delete_of_contacts::DeleteColumnOfContacts;
pub use input::{CreateColumnInput, DeleteColumnInput, FieldType, ListColumnsInput};
pub use list_of_companies::ListColumnsOfCompanies;
pub use list_of_contacts::ListColumnsOfContacts;
pub(crate) use values::{Custom, named};
pub(super) use values::{fit_many, read, show, store_many, write};
pub use view::{ColumnView, NewColumnView};
pub(super) use write::{add, check_list, create, delete, list, new_slug};

#[cfg(test)]
mod tests;

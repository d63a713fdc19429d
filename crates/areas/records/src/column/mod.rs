//! Columns: the fields that contacts and companies have, built in and custom.

mod base;
mod input;
mod of_companies;
mod of_contacts;
mod values;
mod view;
mod write;

pub use input::{CreateColumnInput, DeleteColumnInput, FieldType, ListColumnsInput};
pub use of_companies::{CreateColumnOfCompanies, DeleteColumnOfCompanies, ListColumnsOfCompanies};
pub use of_contacts::{CreateColumnOfContacts, DeleteColumnOfContacts, ListColumnsOfContacts};
pub(crate) use values::named;
pub(super) use values::{fit_many, read, show, store_many, write};
pub use view::{ColumnView, NewColumnView};
pub(super) use write::{add, check_list, create, delete, list, new_slug};

#[cfg(test)]
mod tests;

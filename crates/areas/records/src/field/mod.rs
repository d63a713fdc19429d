//! Fields: the published way to the custom columns and their values (contract/rest.md §7).

mod batch;
mod create;
mod delete;
mod list;
mod values;
mod values_batch;

pub use batch::CreateFields;
pub use create::CreateField;
pub use delete::DeleteField;
pub use list::{ListFields, ListFieldsOfCompanies};
pub use values::{GetFieldValue, SetFieldValue};
pub use values_batch::SetFieldValues;

use g8_domain::Scope;

/// Any of these lets a caller in; whose fields they are decides the rest.
const READ: &[Scope] = &[Scope::CONTACTS_READ, Scope::COMPANIES_READ];
const WRITE: &[Scope] = &[Scope::CONTACTS_WRITE, Scope::COMPANIES_WRITE];

#[cfg(test)]
mod tests;

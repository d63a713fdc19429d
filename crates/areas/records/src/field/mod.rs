//! Fields: the published way to the custom columns and their values (contract/rest.md §7).

mod batch;
mod create;
mod delete;
mod get_value;
mod list;
mod list_of_companies;
mod set_value;
mod set_values;
mod value;

pub use batch::CreateFields;
pub use create::CreateField;
pub use delete::DeleteField;
pub use get_value::GetFieldValue;
pub use list::ListFields;
pub use list_of_companies::ListFieldsOfCompanies;
pub use set_value::SetFieldValue;
pub use set_values::SetFieldValues;

use g8_domain::Scope;

/// Any of these lets a caller in; whose fields they are decides the rest.
const READ: &[Scope] = &[Scope::CONTACTS_READ, Scope::COMPANIES_READ];
const WRITE: &[Scope] = &[Scope::CONTACTS_WRITE, Scope::COMPANIES_WRITE];

#[cfg(test)]
mod tests;

//! Companies.

mod assert;
mod assert_batch;
pub(crate) mod bulk;
mod create;
mod delete;
mod get;
mod list;
mod payload;
mod update;
mod view;
mod write;

pub use crate::built_in::CompanyFields;
pub use assert::AssertCompany;
pub use assert_batch::AssertCompanies;
pub(super) use bulk::find_or_add_many;
pub use create::CreateCompany;
pub use delete::DeleteCompany;
pub use get::GetCompany;
pub use list::{CompanyFilters, ListCompanies};
pub(super) use list::{page, rows};
pub use update::UpdateCompany;
pub use view::{CompanyDetail, CompanyRow};
pub(super) use write::{detail, find_or_add};

pub(super) use write::changed;

#[cfg(test)]
mod tests;

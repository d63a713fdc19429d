//! Companies.

mod assert;
mod assert_batch;
mod create;
mod delete;
mod find;
mod get;
mod list;
mod payload;
mod record;
mod update;
mod view;

pub use crate::built_in::CompanyFields;
pub use assert::AssertCompany;
pub use assert_batch::AssertCompanies;
pub use create::CreateCompany;
pub use delete::DeleteCompany;
pub(super) use find::{find_or_add, find_or_add_many};
pub use g8_domain::record::CompanyFilter;
pub use get::GetCompany;
pub use list::{CompanyFilters, ListCompanies};
pub use update::UpdateCompany;
pub use view::{CompanyDetail, CompanyRow};

#[cfg(test)]
mod tests;

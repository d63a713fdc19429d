//! Companies.

mod assert;
mod assert_batch;
pub(crate) mod bulk;
mod contacts;
mod create;
mod delete;
mod fields;
mod get;
mod list;
mod update;
mod view;
mod write;

pub use assert::Assert;
pub use assert_batch::AssertBatch;
pub(super) use bulk::find_or_add_many;
pub use contacts::Contacts;
pub use create::Create;
pub use delete::Delete;
pub use fields::CompanyFields;
pub use get::Get;
pub use list::{Filters, List};
pub(super) use list::{page, rows};
pub use update::Update;
pub use view::{CompanyDetail, CompanyRow};
pub(super) use write::{detail, find_or_add};

pub(super) use write::changed;

#[cfg(test)]
mod tests;

//! People.

mod assert;
mod assert_batch;
pub(crate) mod bulk;
mod company;
mod create;
mod delete;
mod fields;
mod get;
mod list;
mod update;
mod view;
mod write;

pub use assert::Assert;
pub use assert_batch::{AssertBatch, BatchInput};
pub use company::Employer;
pub use create::Create;
pub use delete::Delete;
pub use fields::ContactFields;
pub(super) use fields::checked;
pub use get::Get;
pub use list::{Filters, List};
pub(super) use list::{page, rows};
pub use update::Update;
pub use view::{ContactDetail, ContactRow, EmployerView};

pub(super) use write::changed;

#[cfg(test)]
mod tests;

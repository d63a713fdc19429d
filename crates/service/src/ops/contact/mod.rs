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
pub use view::{ContactDetail, ContactRow};

pub(super) use write::changed;

use crate::Doors;

pub(super) fn register(doors: &mut impl Doors) {
    doors.add::<List>();
    doors.add::<Create>();
    doors.add::<Assert>();
    doors.add::<AssertBatch>();
    doors.add::<Get>();
    doors.add::<Update>();
    doors.add::<Delete>();
    doors.add::<Employer>();
}

#[cfg(test)]
mod tests;

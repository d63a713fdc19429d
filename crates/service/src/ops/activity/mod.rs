//! What happened, in order: the events of the organization and of its records, in one shape for both
//! published families.

mod get;
mod list;
mod of_record;
mod view;
mod words;

pub use get::Get;
pub use list::List;
pub use of_record::{OfCompany, OfContact};
pub use view::ActivityView;
pub(in crate::ops) use view::visible;

use crate::Doors;

pub(super) fn register(doors: &mut impl Doors) {
    doors.add::<List>();
    doors.add::<Get>();
    doors.add::<OfContact>();
    doors.add::<OfCompany>();
}

#[cfg(test)]
mod tests;

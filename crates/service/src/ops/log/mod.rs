//! The log of requests.

mod list;
#[cfg(test)]
mod tests;

pub use list::{List, RequestView};

use crate::Doors;

pub(super) fn register(doors: &mut impl Doors) {
    doors.add::<List>();
}

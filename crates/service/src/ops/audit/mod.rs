//! Who changed what.

mod list;

pub use list::{AuditView, List};

use crate::Doors;

pub(super) fn register(doors: &mut impl Doors) {
    doors.add::<List>();
}

//! The organisation itself.

mod show;
mod update;

pub use show::{OrganizationView, Show};
pub use update::Update;

use crate::Doors;

pub(super) fn register(doors: &mut impl Doors) {
    doors.add::<Show>();
    doors.add::<Update>();
}

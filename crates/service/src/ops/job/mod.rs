//! Background jobs: what is queued, what has failed for good, and what to do about it.

mod discard;
mod list;
mod retry;
mod view;

pub use discard::Discard;
pub use list::List;
pub use retry::{Input as RetryInput, Retry};
pub use view::JobView;

use crate::Doors;

pub(super) fn register(doors: &mut impl Doors) {
    doors.add::<List>();
    doors.add::<Retry>();
    doors.add::<Discard>();
}

#[cfg(test)]
mod tests;

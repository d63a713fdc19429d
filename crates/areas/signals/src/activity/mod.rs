//! What happened, in order: the events of the organization and of its records, in one shape for both
//! published families.

mod get;
mod list;
mod of_record;
mod view;
mod words;

pub use get::GetActivity;
pub use list::ListActivities;
pub use of_record::{ListActivitiesOfCompany, ListActivitiesOfContact};
pub use view::ActivityView;
pub(crate) use view::visible;

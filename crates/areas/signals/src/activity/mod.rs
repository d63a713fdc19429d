//! What happened, in order: the events of the organization and of its records, in one shape for both
//! published families.

mod get;
mod list;
mod list_of_company;
mod list_of_contact;
mod view;
mod words;

pub use get::GetActivity;
pub use list::ListActivities;
pub use list_of_company::ListActivitiesOfCompany;
pub use list_of_contact::ListActivitiesOfContact;
pub use view::ActivityView;
pub(crate) use view::visible;

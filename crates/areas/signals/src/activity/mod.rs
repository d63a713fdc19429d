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
pub(crate) use view::visible;

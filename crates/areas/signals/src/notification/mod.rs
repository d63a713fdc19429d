//! What people should know.

mod list;
mod read;
mod view;

pub use list::{Input, List};
pub use read::Read;
pub use view::NotificationView;

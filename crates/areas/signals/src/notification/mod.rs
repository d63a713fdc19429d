//! What people should know.

mod list;
mod read;
mod view;

pub use list::{Input, ListNotifications};
pub use read::ReadNotifications;
pub use view::NotificationView;

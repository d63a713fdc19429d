//! Who changed what.

mod list;
mod newest;

pub use list::{AuditView, List};
pub use newest::audit_log;

//! Who changed what.

mod list;
mod newest;

pub use list::{AuditView, ListAuditEntries};
pub use newest::audit_log;

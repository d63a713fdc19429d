//! The audit log, for the operator at the machine.

use super::AuditView;
use g8_core::App;
use g8_domain::Result;
use g8_storage::{
    Slice,
    audit::{self, AuditFilter},
};
use uuid::Uuid;

/// The newest entries of an organization's audit log.
///
/// # Errors
/// The database fails.
pub async fn audit_log(
    app: &App,
    org: Uuid,
    operation: Option<String>,
    limit: i64,
) -> Result<Vec<AuditView>> {
    let slice = Slice { after: None, offset: 0, limit };
    let filter = AuditFilter { operation, ..AuditFilter::default() };
    let (mut told, _) = audit::page(&mut &app.db, org, filter, &slice).await?;
    told.truncate(usize::try_from(limit).unwrap_or_default());
    Ok(told.into_iter().map(AuditView::from).collect())
}

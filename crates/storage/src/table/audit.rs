//! Who changed what.

use crate::{
    Session, Tx,
    arg::args,
    error::StorageResult,
    filter::{Filter, RowCount, Rows, Slice},
    row::record,
    values::values,
};
use g8_domain::Ts;
use uuid::Uuid;

/// One change, by whom and from where.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct AuditEntry {
    pub id: Uuid,
    pub org_id: Uuid,
    pub key_id: Uuid,
    pub user_id: Option<Uuid>,
    /// `http`, `mcp`, `cli` or `embedded`.
    pub door: String,
    pub address: Option<String>,
    pub operation: String,
    pub request_id: String,
    pub at: Ts,
}
record!(AuditEntry => id, org_id, key_id, user_id, door, address, operation, request_id, at);

/// Writes an entry into the transaction of the change.
pub async fn insert(tx: &mut Tx, entry: &AuditEntry) -> StorageResult<()> {
    let row = values!(entry => id, org_id, key_id, user_id, door, address, operation, request_id, at);
    row.insert(tx, "audit_log", "").await.map(drop)
}

/// An entry with the names of those in it.
#[derive(Debug)]
#[expect(missing_docs, reason = "each field is a column")]
pub struct NamedAuditEntry {
    pub id: Uuid,
    pub key_id: Uuid,
    pub key_name: String,
    pub user_id: Option<Uuid>,
    pub user_name: Option<String>,
    pub door: String,
    pub address: Option<String>,
    pub operation: String,
    pub request_id: String,
    pub at: Ts,
}
record!(NamedAuditEntry => id, key_id, key_name, user_id, user_name, door, address, operation, request_id, at);

/// Which entries.
#[derive(Debug, Default)]
#[expect(missing_docs, reason = "each field is a column")]
pub struct AuditFilter {
    pub operation: Option<String>,
    pub key: Option<Uuid>,
    pub user: Option<Uuid>,
    pub request: Option<String>,
    pub since: Option<Ts>,
    pub until: Option<Ts>,
}

/// An organisation's entries, newest first, and their number.
pub async fn page(
    on: &mut impl Session,
    org: Uuid,
    filter: AuditFilter,
    slice: &Slice,
) -> StorageResult<(Vec<NamedAuditEntry>, RowCount)> {
    let select = "SELECT a.*, k.name AS key_name, u.name AS user_name";
    let from = "FROM audit_log a JOIN api_keys k ON k.id = a.key_id LEFT JOIN users u ON u.id = a.user_id";
    Filter::new("a.org_id = ", org)
        .compare("a.operation = ", filter.operation)
        .compare("a.key_id = ", filter.key)
        .compare("a.user_id = ", filter.user)
        .compare("a.request_id = ", filter.request)
        .compare("a.id >= ", filter.since.map(super::events::first_id))
        .compare("a.id < ", filter.until.map(super::events::first_id))
        .page(on, Rows::of(select, from, "a.id"), slice)
        .await
}

/// An organisation's entries, newest first.
pub async fn latest(on: &mut impl Session, org: Uuid, limit: i64) -> StorageResult<Vec<AuditEntry>> {
    on.rows("SELECT * FROM audit_log WHERE org_id = $1 ORDER BY id DESC LIMIT $2", args![org, limit]).await
}

/// Forgets at most `limit` entries older than `before`; says how many.
pub async fn forget(tx: &mut Tx, before: Ts, limit: i64) -> StorageResult<u64> {
    let sql =
        "DELETE FROM audit_log WHERE id IN (SELECT id FROM audit_log WHERE at < $1 ORDER BY at LIMIT $2)";
    tx.change(sql, args![before, limit]).await
}

/// When the last change was.
pub async fn newest(on: &mut impl Session) -> StorageResult<Option<Ts>> {
    Ok(on.number("SELECT at AS n FROM audit_log ORDER BY id DESC LIMIT 1", args![]).await?.map(Ts))
}

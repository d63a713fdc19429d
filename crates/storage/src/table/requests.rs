//! Who asked for what, and how it was answered.

use crate::{
    Session, Tx,
    arg::args,
    bulk,
    error::StorageResult,
    filter::{Filter, RowCount, Rows, Slice},
    row::record,
    values::values,
};
use g8_domain::Ts;
use uuid::Uuid;

/// One request and its answer.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct LoggedRequest {
    /// Begins with the time.
    pub id: Uuid,
    pub org_id: Uuid,
    /// As the answer names it.
    pub request_id: String,
    /// `http` or `mcp`.
    pub door: &'static str,
    pub method: &'static str,
    pub path: String,
    pub status: i64,
    pub key_id: Uuid,
    pub at: Ts,
    pub duration_us: i64,
}

/// Writes many, in few statements.
pub async fn insert(tx: &mut Tx, requests: &[LoggedRequest]) -> StorageResult<()> {
    let row = |one: &LoggedRequest| values!(one => id, org_id, request_id, door, method, path, status, key_id, at, duration_us);
    bulk::write(tx, "requests", requests.iter().map(row), "").await
}

/// A request with the name of the key that it was made with.
#[derive(Debug)]
#[expect(missing_docs, reason = "each field is a column")]
pub struct Logged {
    pub id: Uuid,
    pub request_id: String,
    pub door: String,
    pub method: String,
    pub path: String,
    pub status: i64,
    pub key_id: Uuid,
    pub key_name: Option<String>,
    pub at: Ts,
    pub duration_us: i64,
}
record!(Logged => id, request_id, door, method, path, status, key_id, key_name, at, duration_us);

/// Which requests.
#[derive(Debug, Default)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct RequestFilter {
    pub request: Option<String>,
    pub key: Option<Uuid>,
    /// The first status, and the one behind the last.
    pub status: Option<(i64, i64)>,
}

/// An organisation's requests, newest first, and their number.
pub async fn page(
    on: &mut impl Session,
    org: Uuid,
    filter: RequestFilter,
    slice: &Slice,
) -> StorageResult<(Vec<Logged>, RowCount)> {
    let select = "SELECT r.*, k.name AS key_name";
    let from = "FROM requests r LEFT JOIN api_keys k ON k.id = r.key_id";
    let rows = Rows { count_from: "FROM requests r", ..Rows::of(select, from, "r.id") };
    Filter::new("r.org_id = ", org)
        .compare("r.request_id = ", filter.request)
        .compare("r.key_id = ", filter.key)
        .compare("r.status >= ", filter.status.map(|status| status.0))
        .compare("r.status < ", filter.status.map(|status| status.1))
        .page(on, rows, slice)
        .await
}

/// Forgets at most `limit` requests older than `before`; says how many.
pub async fn forget(tx: &mut Tx, before: Uuid, limit: i64) -> StorageResult<u64> {
    let sql = "DELETE FROM requests WHERE id IN (SELECT id FROM requests WHERE id < $1 ORDER BY id LIMIT $2)";
    tx.change(sql, args![before, limit]).await
}

/// An organisation.
struct Owner {
    org_id: Uuid,
}
record!(Owner => org_id);

/// A request's id.
struct Place {
    id: Uuid,
}
record!(Place => id);

/// The organisations with more than `most` requests.
pub async fn crowded(on: &mut impl Session, most: i64) -> StorageResult<Vec<Uuid>> {
    let sql = "SELECT org_id FROM requests GROUP BY org_id HAVING COUNT(*) > $1";
    let owners: Vec<Owner> = on.rows(sql, args![most]).await?;
    Ok(owners.into_iter().map(|owner| owner.org_id).collect())
}

/// The newest request of an organisation behind its newest `most`.
pub async fn behind(on: &mut impl Session, org: Uuid, most: i64) -> StorageResult<Option<Uuid>> {
    let sql = "SELECT id FROM requests WHERE org_id = $1 ORDER BY id DESC LIMIT 1 OFFSET $2";
    Ok(on.row::<Place>(sql, args![org, most]).await?.map(|place| place.id))
}

/// Forgets at most `limit` requests of an organisation, up to this one; says how many.
pub async fn forget_of(tx: &mut Tx, org: Uuid, last: Uuid, limit: i64) -> StorageResult<u64> {
    let sql = "DELETE FROM requests WHERE id IN
               (SELECT id FROM requests WHERE org_id = $1 AND id <= $2 ORDER BY id LIMIT $3)";
    tx.change(sql, args![org, last, limit]).await
}

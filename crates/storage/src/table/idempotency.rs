//! What requests with an `Idempotency-Key` were answered.

use crate::{Session, Tx, arg::args, error::StorageResult, row::record};
use g8_domain::Ts;
use serde_json::Value;
use uuid::Uuid;

/// Which request: the organisation's, to this operation, under this key.
#[derive(Debug, Clone, Copy)]
pub struct IdempotencyKey<'a> {
    /// Whose.
    pub org: Uuid,
    /// The operation's name.
    pub operation: &'a str,
    /// What the caller sent.
    pub key: &'a str,
}

/// A request that was answered.
#[derive(Debug)]
pub struct StoredAnswer {
    /// A digest of its arguments.
    pub fingerprint: Vec<u8>,
    /// What it was answered; nothing where the answer showed a secret.
    pub output: Option<Value>,
}
record!(StoredAnswer => fingerprint, output);

/// The answer to a request since `since`.
pub async fn find(
    on: &mut impl Session,
    request: IdempotencyKey<'_>,
    since: Ts,
) -> StorageResult<Option<StoredAnswer>> {
    let sql = "SELECT fingerprint, output FROM idempotency
               WHERE org_id = $1 AND operation = $2 AND key = $3 AND created_at > $4";
    on.row(sql, args![request.org, request.operation, request.key, since]).await
}

/// Claims a request for this transaction; false when it was answered since `since`. Where another
/// transaction has claimed it and is not done, this waits for it.
pub async fn claim(
    tx: &mut Tx,
    request: IdempotencyKey<'_>,
    fingerprint: &[u8],
    (since, now): (Ts, Ts),
) -> StorageResult<bool> {
    let sql = "INSERT INTO idempotency (org_id, operation, key, fingerprint, created_at) VALUES ($1, $2, $3, $4, $6)
               ON CONFLICT (org_id, operation, key)
               DO UPDATE SET fingerprint = excluded.fingerprint, output = NULL, created_at = excluded.created_at
               WHERE idempotency.created_at <= $5";
    let args = args![request.org, request.operation, request.key, fingerprint.to_vec(), since, now];
    Ok(tx.change(sql, args).await? > 0)
}

/// Stores what a claimed request is answered.
pub async fn answer(tx: &mut Tx, request: IdempotencyKey<'_>, output: Value) -> StorageResult<()> {
    let sql = "UPDATE idempotency SET output = $4 WHERE org_id = $1 AND operation = $2 AND key = $3";
    tx.change(sql, args![request.org, request.operation, request.key, output]).await.map(drop)
}

/// Forgets at most `limit` answers older than `before`; says how many.
pub async fn forget(tx: &mut Tx, before: Ts, limit: i64) -> StorageResult<u64> {
    let sql = "DELETE FROM idempotency WHERE created_at < $1 AND (org_id, operation, key) IN
               (SELECT org_id, operation, key FROM idempotency WHERE created_at < $1 ORDER BY created_at LIMIT $2)";
    tx.change(sql, args![before, limit]).await
}

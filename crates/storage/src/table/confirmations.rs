//! Confirmations of what destroys that have been taken.

use crate::{Db, Tx, arg::args, error::StorageResult};
use g8_domain::Ts;
use uuid::Uuid;

/// Takes a confirmation; false when it was taken before.
pub async fn take(db: &Db, org: Uuid, id: Uuid, until: Ts) -> StorageResult<bool> {
    let sql = "INSERT INTO confirmations (id, org_id, until) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    Ok(db.execute_autocommit(sql, args![id, org, until]).await? > 0)
}

/// Forgets at most `limit` whose time was over by `before`; says how many.
pub async fn forget(tx: &mut Tx, before: Ts, limit: i64) -> StorageResult<u64> {
    let sql = "DELETE FROM confirmations WHERE id IN
               (SELECT id FROM confirmations WHERE until < $1 ORDER BY until LIMIT $2)";
    tx.change(sql, args![before, limit]).await
}

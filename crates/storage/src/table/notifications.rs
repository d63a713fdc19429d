//! What people should know.

use crate::{
    Session, Tx,
    arg::args,
    error::StorageResult,
    filter::{Filter, RowCount, Rows, Slice},
    row::record,
    values::values,
};
use g8_domain::{Ts, record::Notification};
use uuid::Uuid;

record!(Notification => id, org_id, user_id, kind, subject, text, created_at, read_at);

/// Adds a notification.
pub async fn insert(tx: &mut Tx, new: &Notification) -> StorageResult<()> {
    let row = values!(new => id, org_id, user_id, kind, subject, text, created_at);
    row.insert(tx, "notifications", "").await.map(drop)
}

/// An organisation's notifications, newest first: for everybody, and for one user where one asks.
pub async fn page(
    on: &mut impl Session,
    org: Uuid,
    (user, unread): (Option<Uuid>, bool),
    slice: &Slice,
) -> StorageResult<(Vec<Notification>, RowCount)> {
    let mut filter = Filter::new("org_id = ", org);
    if let Some(user) = user {
        filter = filter.with("(user_id IS NULL OR user_id = ", Some(user), ")");
    }
    if unread {
        filter = filter.and("read_at IS NULL");
    }
    filter.page(on, Rows::of("SELECT *", "FROM notifications", "id"), slice).await
}

/// One notification.
pub async fn get(on: &mut impl Session, org: Uuid, id: Uuid) -> StorageResult<Option<Notification>> {
    on.row("SELECT * FROM notifications WHERE org_id = $1 AND id = $2", args![org, id]).await
}

/// Marks a notification as read, for whoever may see it: its user, or a key that belongs to nobody.
pub async fn read(
    tx: &mut Tx,
    org: Uuid,
    (id, user): (Uuid, Option<Uuid>),
    at: Ts,
) -> StorageResult<Option<Notification>> {
    let sql = "UPDATE notifications SET read_at = COALESCE(read_at, $3) WHERE org_id = $1 AND id = $2
               AND (user_id IS NULL OR user_id = COALESCE($4, user_id)) RETURNING *";
    tx.row(sql, args![org, id, at, user]).await
}

/// Forgets at most `limit` notifications older than `before`; says how many.
pub async fn forget(tx: &mut Tx, before: Ts, limit: i64) -> StorageResult<u64> {
    let sql = "DELETE FROM notifications WHERE id IN
               (SELECT id FROM notifications WHERE created_at < $1 ORDER BY id LIMIT $2)";
    tx.change(sql, args![before, limit]).await
}

//! The outbox.

use crate::{Session, Tx, arg::args, error::Result, row::record};
use g8_domain::{Ts, event::Event};
use uuid::Uuid;

/// An event as stored.
pub struct Stored {
    /// Its id; later events have greater ones.
    pub id: Uuid,
    /// Its published name.
    pub name: String,
    /// The record it is about.
    pub subject: String,
    /// The record after the change.
    pub data: serde_json::Value,
    /// When.
    pub at: Ts,
}
record!(Stored { id, name, subject, data, at });

/// Writes an event into the transaction of the change that caused it.
pub async fn insert(tx: &mut Tx, id: Uuid, org: Uuid, event: &Event, at: Ts) -> Result<()> {
    let sql = "INSERT INTO events (id, org_id, name, subject, data, at) VALUES ($1, $2, $3, $4, $5, $6)";
    tx.note(sql, args![id, org, event.name, &event.subject, &event.data, at]).await?;
    Ok(())
}

/// An organisation's events after a known one, oldest first.
pub async fn after(on: &mut impl Session, org: Uuid, known: Uuid, limit: i64) -> Result<Vec<Stored>> {
    let sql =
        "SELECT id, name, subject, data, at FROM events WHERE org_id = $1 AND id > $2 ORDER BY id LIMIT $3";
    on.rows(sql, args![org, known, limit]).await
}

/// Forgets at most `limit` entries older than `before`; says how many.
pub async fn forget(tx: &mut Tx, before: Ts, limit: i64) -> Result<u64> {
    let sql = "DELETE FROM events WHERE id IN (SELECT id FROM events WHERE at < $1 ORDER BY at LIMIT $2)";
    tx.change(sql, args![before, limit]).await
}

//! The clock as it was last seen, and how far it is believed.

use crate::{Session, Tx, arg::args, error::StorageResult, row::record};
use g8_domain::Ts;

/// What was seen of the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// What it said last.
    pub seen_at: Ts,
    /// Up to where it is believed.
    pub believed: Ts,
}
record!(Seen => seen_at, believed);

/// What was seen of it, if anybody has looked yet.
pub async fn get(on: &mut impl Session) -> StorageResult<Option<Seen>> {
    on.row("SELECT seen_at, believed FROM clock WHERE id = 1", args![]).await
}

/// Notes what was seen of it.
pub async fn put(tx: &mut Tx, seen: Seen) -> StorageResult<()> {
    let sql = "INSERT INTO clock (id, seen_at, believed) VALUES (1, $1, $2)
               ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at, believed = excluded.believed";
    tx.change(sql, args![seen.seen_at, seen.believed]).await.map(drop)
}

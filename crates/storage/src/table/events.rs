//! The outbox: what happened, in order, and what else each event is about.

use crate::{
    Session, Tx,
    arg::args,
    bulk,
    error::StorageResult,
    filter::{Filter, Rows, Slice},
    row::record,
    values::values,
};
use g8_domain::Ts;
use serde_json::value::RawValue;
use uuid::Uuid;

/// An event that is to be written.
pub struct NewEvent {
    /// Its id; later events have greater ones.
    pub id: Uuid,
    /// Whose it is.
    pub org_id: Uuid,
    /// Its published name.
    pub name: &'static str,
    /// The records it is about, the one it happened to first.
    pub about: Vec<String>,
    /// The version of its kind's payload; from 1.
    pub version: i64,
    /// What it says: the very text that is sent, whichever release sends it.
    pub data: Box<RawValue>,
    /// The channel that it went over, where it went over one.
    pub channel: Option<&'static str>,
    /// When.
    pub at: Ts,
    /// Who made it happen.
    pub author: Option<String>,
    /// The user among them.
    pub user_id: Option<Uuid>,
}

/// An event as stored.
#[derive(Debug, Clone)]
pub struct StoredEvent {
    /// Its id; later events have greater ones.
    pub id: Uuid,
    /// Its published name.
    pub name: String,
    /// The record it happened to.
    pub subject: String,
    /// The version of its kind's payload; 0 where nulls were left out, as releases before versions did.
    pub version: i64,
    /// What it says.
    pub data: serde_json::Value,
    /// When.
    pub at: Ts,
    /// Who made it happen.
    pub author: Option<String>,
    /// The user among them.
    pub user_id: Option<Uuid>,
}
record!(StoredEvent => id, name, subject, version, data, at, author, user_id);

/// Writes events into the transaction of the change that caused them.
pub async fn insert(tx: &mut Tx, events: Vec<NewEvent>) -> StorageResult<()> {
    let mut links = Vec::new();
    let rows = events.into_iter().map(|event| {
        let mut about = event.about.into_iter();
        let subject = about.next().unwrap_or_default();
        links.extend(about.map(|other| values!(event => org_id; subject = other, event_id = event.id)));
        values!(event => id, org_id, name, version, at, author, user_id, channel; subject = subject,
            data = String::from(Box::<str>::from(event.data)))
    });
    bulk::write(tx, "events", rows, "").await?;
    bulk::write(tx, "event_links", links.into_iter(), "ON CONFLICT DO NOTHING").await
}

const ROWS: Rows =
    Rows::of("SELECT id, name, subject, version, data, at, author, user_id", "FROM events", "id");

/// Which events.
#[derive(Debug, Default)]
pub struct EventFilter {
    /// Of this published name.
    pub name: Option<String>,
    /// Of names that begin so, as `deal.`.
    pub category: Option<String>,
    /// That happened to this record.
    pub subject: Option<String>,
    /// No earlier than.
    pub since: Option<Ts>,
}

/// An organisation's events, newest first.
pub async fn page(
    on: &mut impl Session,
    org: Uuid,
    filter: EventFilter,
    slice: &Slice,
) -> StorageResult<Vec<StoredEvent>> {
    Filter::new("org_id = ", org)
        .compare("name = ", filter.name)
        .with("name LIKE ", filter.category.map(|category| format!("{category}.%")), "")
        .compare("subject = ", filter.subject)
        .compare("id >= ", filter.since.map(first_id))
        .slice(on, ROWS, slice)
        .await
}

/// One event.
pub async fn get(on: &mut impl Session, org: Uuid, id: Uuid) -> StorageResult<Option<StoredEvent>> {
    let sql = "SELECT id, name, subject, version, data, at, author, user_id FROM events WHERE org_id = $1 AND id = $2";
    on.row(sql, args![org, id]).await
}

/// An organisation's events after a known one, oldest first. Those of changes that were slow to commit may
/// come later than younger ones: whoever follows reads a while back.
pub async fn after(
    on: &mut impl Session,
    org: Uuid,
    known: Uuid,
    limit: i64,
) -> StorageResult<Vec<StoredEvent>> {
    let sql = "SELECT id, name, subject, version, data, at, author, user_id FROM events
               WHERE org_id = $1 AND id > $2 ORDER BY id LIMIT $3";
    on.rows(sql, args![org, known, limit]).await
}

/// The least id that an event of this moment can have: ids begin with the time.
#[must_use]
pub fn first_id(at: Ts) -> Uuid {
    let millis = u64::try_from(at.0 / 1000).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(millis, &[0; 10]).into_uuid()
}

/// Forgets at most `limit` events older than `before` that no delivery waits for; says how many.
pub async fn forget(tx: &mut Tx, before: Ts, limit: i64) -> StorageResult<u64> {
    let links = "DELETE FROM event_links WHERE event_id IN
                 (SELECT id FROM events WHERE id < $1 AND NOT EXISTS (SELECT 1 FROM deliveries d
                     WHERE d.event_id = events.id AND d.completed_at IS NULL) ORDER BY id LIMIT $2)";
    tx.change(links, args![first_id(before), limit]).await?;
    let sql = "DELETE FROM events WHERE id IN
               (SELECT id FROM events WHERE id < $1 AND NOT EXISTS (SELECT 1 FROM deliveries d
                   WHERE d.event_id = events.id AND d.completed_at IS NULL) ORDER BY id LIMIT $2)";
    tx.change(sql, args![first_id(before), limit]).await
}

//! Webhooks: who wants to hear of which events, and the lanes on which events come to them.

use crate::{
    Session, Tx,
    arg::args,
    bulk,
    error::StorageResult,
    filter::{Filter, RowCount, Rows, Slice},
    row::{Number, record},
    values::{Values, values},
};
use g8_domain::{
    Ts,
    record::{PausedReason, Webhook, WebhookStatus},
};
use uuid::Uuid;

record!(Webhook =>
    id, org_id, name, url, description, events, sequence_template_ids, status, paused_reason, secret_version,
    previous_until, consecutive_failures, hold_until, last_delivery_at, created_by, created_at, updated_at
);

/// The job that works off a webhook's deliveries.
pub const LANE: &str = "deliver";

/// Adds a webhook; `subscribed` is each event's name and the name it is told by.
pub async fn insert(tx: &mut Tx, webhook: &Webhook, subscribed: &[(&str, &str)]) -> StorageResult<()> {
    let row = values!(webhook => id, org_id, created_by, created_at; lane = serde_json::json!({ "webhook_id": webhook.id }));
    row.and(values(webhook)).insert(tx, "webhooks", "").await?;
    subscribe(tx, webhook, subscribed).await
}

async fn subscribe(tx: &mut Tx, webhook: &Webhook, subscribed: &[(&str, &str)]) -> StorageResult<()> {
    let row = |(event, shown_as): &(&str, &str)| values!(webhook => org_id; webhook_id = webhook.id, event = *event, shown_as = *shown_as);
    let rows = subscribed.iter().map(row);
    bulk::write(tx, "subscriptions", rows, "ON CONFLICT DO NOTHING").await
}

/// Writes what of a webhook its owner may change, and what it is subscribed to.
pub async fn update(tx: &mut Tx, webhook: &Webhook, subscribed: &[(&str, &str)]) -> StorageResult<()> {
    let which = args![webhook.org_id, webhook.id];
    values(webhook).update(tx, "webhooks", "org_id = ? AND id = ?", which).await?;
    tx.change("DELETE FROM subscriptions WHERE webhook_id = $1", args![webhook.id]).await?;
    subscribe(tx, webhook, subscribed).await
}

/// The columns that insert and update share.
fn values(webhook: &Webhook) -> Values {
    values!(webhook => name, url, description, events, sequence_template_ids, status, paused_reason, secret_version,
        previous_until, consecutive_failures, hold_until, updated_at)
}

/// Removes a webhook with its deliveries; says whether it was there.
pub async fn delete(tx: &mut Tx, org: Uuid, id: Uuid) -> StorageResult<bool> {
    // Events that are being written for it wait here.
    let there = "SELECT CAST(1 AS BIGINT) AS n FROM webhooks WHERE org_id = $1 AND id = $2 {lock}";
    if tx.number(there, args![org, id]).await?.is_none() {
        return Ok(false);
    }
    for sql in [
        "DELETE FROM subscriptions WHERE webhook_id = $1",
        "DELETE FROM delivery_attempts WHERE webhook_id = $1",
        "DELETE FROM deliveries WHERE webhook_id = $1",
        "DELETE FROM webhooks WHERE id = $1",
    ] {
        tx.change(sql, args![id]).await?;
    }
    Ok(true)
}

/// One webhook of an organisation.
pub async fn get(on: &mut impl Session, org: Uuid, id: Uuid) -> StorageResult<Option<Webhook>> {
    on.row("SELECT * FROM webhooks WHERE org_id = $1 AND id = $2", args![org, id]).await
}

/// One webhook, to be changed: nobody else changes it meanwhile.
pub async fn lock_for_update(tx: &mut Tx, org: Uuid, id: Uuid) -> StorageResult<Option<Webhook>> {
    tx.row("SELECT * FROM webhooks WHERE org_id = $1 AND id = $2 {lock}", args![org, id]).await
}

/// One webhook, for the job that delivers to it.
pub async fn any(on: &mut impl Session, id: Uuid) -> StorageResult<Option<Webhook>> {
    on.row("SELECT * FROM webhooks WHERE id = $1", args![id]).await
}

/// An organisation's webhooks, newest first: those that are active, those that are not, or all.
pub async fn page(
    on: &mut impl Session,
    org: Uuid,
    active: Option<bool>,
    slice: &Slice,
) -> StorageResult<(Vec<Webhook>, RowCount)> {
    let word = WebhookStatus::Active.word();
    Filter::new("org_id = ", org)
        .compare("status = ", (active == Some(true)).then_some(word))
        .compare("status <> ", (active == Some(false)).then_some(word))
        .page(on, Rows::of("SELECT *", "FROM webhooks", "id"), slice)
        .await
}

/// How many of an organisation's webhooks are active. The organisation is held, so that two callers cannot
/// both be the last who fits.
pub async fn active(tx: &mut Tx, org: Uuid) -> StorageResult<i64> {
    tx.rows::<Number>(
        "SELECT CAST(1 AS BIGINT) AS n FROM organizations WHERE id = $1 {hold}",
        vec![org.into()],
    )
    .await?;
    let sql = "SELECT COUNT(*) AS n FROM webhooks WHERE org_id = $1 AND status = 'ACTIVE'";
    Ok(tx.number(sql, args![org]).await?.unwrap_or_default())
}

/// Events of one name that a change has written: those whose ids lie between the first and the last.
#[derive(Debug)]
pub struct Span {
    /// Whose.
    pub org: Uuid,
    /// Their name.
    pub name: &'static str,
    /// The first's id.
    pub first: Uuid,
    /// The last's id.
    pub last: Uuid,
    /// When.
    pub at: Ts,
}

/// Adds a delivery for every active webhook that wants these events, and the job that makes it.
///
/// On PostgreSQL a webhook that events are being written for is held, shared with others who write: its lane
/// ends only when nobody does (see [`super::deliveries::end_lane`]), so that no event is overlooked. A lane
/// that is there is therefore left alone: to add it once more would be to wait for whatever its worker writes,
/// who may be waiting for us.
pub async fn fan_out(tx: &mut Tx, span: &Span) -> StorageResult<()> {
    let sql = "SELECT CAST(1 AS BIGINT) AS n FROM webhooks WHERE status = 'ACTIVE' AND id IN
               (SELECT webhook_id FROM subscriptions WHERE org_id = $1 AND event IN ($2, '*')) {share}";
    if tx.rows::<Number>(sql, vec![span.org.into(), span.name.into()]).await?.is_empty() {
        return Ok(());
    }
    // Due since ever: whether it is time for a first try is nobody's clock to say, and a lane that is just ending
    // sees it. Told by the name it was subscribed by, where it was; * stands before every letter.
    let sql = "INSERT INTO deliveries (webhook_id, event_id, org_id, event, status, due_at, attempts, retried_from, created_at)
               SELECT w.id, e.id, e.org_id, CASE MAX(s.shown_as) WHEN '*' THEN e.name ELSE MAX(s.shown_as) END,
                   'pending', 0, 0, 0, $5
               FROM events e JOIN subscriptions s ON s.org_id = e.org_id AND s.event IN (e.name, '*')
               JOIN webhooks w ON w.id = s.webhook_id AND w.status = 'ACTIVE'
               WHERE e.org_id = $1 AND e.name = $2 AND e.id BETWEEN $3 AND $4
               GROUP BY w.id, e.id, e.org_id, e.name ON CONFLICT DO NOTHING";
    tx.change(sql, args![span.org, span.name, span.first, span.last, span.at]).await?;
    let sql = "INSERT INTO jobs (org_id, kind, payload, only_one, pool, state, due_at, put_off_for, attempt, failures, created_at)
               SELECT w.org_id, 'deliver', w.lane, 'deliver:' || CAST(w.lane AS TEXT), 'network', 'ready', $3, 0, 0, 0, $3
               FROM webhooks w WHERE w.status = 'ACTIVE' AND w.id IN
                   (SELECT webhook_id FROM subscriptions WHERE org_id = $1 AND event IN ($2, '*'))
               AND NOT EXISTS (SELECT 1 FROM jobs j
                   WHERE j.only_one = 'deliver:' || CAST(w.lane AS TEXT) AND j.finished_at IS NULL)
               ORDER BY w.id ON CONFLICT DO NOTHING";
    tx.change(sql, args![span.org, span.name, span.at]).await.map(drop)
}

/// Adds the job for every webhook that has a delivery due and no job: retries, and what a crash left.
pub async fn open_lanes(tx: &mut Tx, now: Ts) -> StorageResult<u64> {
    let sql = "INSERT INTO jobs (org_id, kind, payload, only_one, pool, state, due_at, put_off_for, attempt, failures, created_at)
               SELECT w.org_id, 'deliver', w.lane, 'deliver:' || CAST(w.lane AS TEXT), 'network', 'ready', $1, 0, 0, 0, $1
               FROM webhooks w WHERE w.status = 'ACTIVE' AND (w.hold_until IS NULL OR w.hold_until <= $1)
               AND EXISTS (SELECT 1 FROM deliveries d
                           WHERE d.webhook_id = w.id AND d.completed_at IS NULL AND d.due_at <= $1)
               AND NOT EXISTS (SELECT 1 FROM jobs j
                   WHERE j.only_one = 'deliver:' || CAST(w.lane AS TEXT) AND j.finished_at IS NULL)
               ORDER BY w.id ON CONFLICT DO NOTHING";
    tx.change(sql, args![now]).await
}

/// Makes due what is due later than `latest`, and ends rests that last longer.
pub async fn pull_in(tx: &mut Tx, latest: Ts, now: Ts) -> StorageResult<()> {
    let sql = "UPDATE deliveries SET due_at = $2 WHERE completed_at IS NULL AND due_at > $1
               AND webhook_id IN (SELECT id FROM webhooks)";
    tx.change(sql, args![latest, now]).await?;
    tx.change("UPDATE webhooks SET hold_until = NULL WHERE hold_until > $1", args![latest]).await.map(drop)
}

/// Writes how a webhook fares: failures in a row, and until when it is to be left alone.
pub async fn note_health(tx: &mut Tx, id: Uuid, failures: i64, hold_until: Option<Ts>) -> StorageResult<()> {
    let sql = "UPDATE webhooks SET consecutive_failures = $2, hold_until = $3 WHERE id = $1";
    tx.change(sql, args![id, failures, hold_until]).await.map(drop)
}

/// Pauses an active webhook; false when it is not active any more.
pub async fn pause(tx: &mut Tx, id: Uuid, reason: PausedReason, at: Ts) -> StorageResult<bool> {
    let sql = "UPDATE webhooks SET status = 'PAUSED', paused_reason = $2, updated_at = $3
               WHERE id = $1 AND status = 'ACTIVE'";
    Ok(tx.change(sql, args![id, reason.word(), at]).await? > 0)
}

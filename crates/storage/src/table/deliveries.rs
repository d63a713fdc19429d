//! Events on their way to webhooks, and every try.

use crate::{
    Session, Tx,
    arg::args,
    bulk,
    error::StorageResult,
    filter::{Filter, RowCount, Rows, Slice},
    row::{Number, record},
    values::values,
};
use g8_domain::{
    Ts,
    record::{Attempt, Delivery, DeliveryStatus},
};
use uuid::Uuid;

record!(Delivery =>
    webhook_id, event_id, event, status, due_at, attempts, retried_from, response_code, error_message, created_at,
    completed_at
);
record!(Attempt =>
    webhook_id, event_id, attempt, at, url, request_headers, response_code, response_headers, response_body,
    error_message, duration_ms
);

/// A delivery that is due, with what is to be said.
#[derive(Debug, Clone)]
pub struct DueDelivery {
    /// Of which event.
    pub event_id: Uuid,
    /// Whose it is.
    pub org_id: Uuid,
    /// The name it is told by.
    pub event: String,
    /// The event's own name.
    pub name: String,
    /// The record it happened to.
    pub subject: String,
    /// The version of its payload; 0 where nulls were left out.
    pub version: i64,
    /// What it says, as JSON: the text that is sent.
    pub data: String,
    /// When it happened.
    pub at: Ts,
    /// Tries so far.
    pub attempts: i64,
    /// Tries before it was last asked for again.
    pub retried_from: i64,
}
record!(DueDelivery => event_id, org_id, event, name, subject, version, data, at, attempts, retried_from);

/// Up to `limit` deliveries of a webhook that are due, those that wait longest first.
pub async fn due(
    on: &mut impl Session,
    webhook: Uuid,
    now: Ts,
    limit: i64,
) -> StorageResult<Vec<DueDelivery>> {
    let sql = "SELECT d.event_id, d.org_id, d.event, d.attempts, d.retried_from, e.name, e.subject,
                   e.version, CAST(e.data AS TEXT) AS data, e.at
               FROM deliveries d JOIN events e ON e.id = d.event_id
               WHERE d.webhook_id = $1 AND d.completed_at IS NULL AND d.due_at <= $2
               ORDER BY d.due_at, d.event_id LIMIT $3";
    on.rows(sql, args![webhook, now, limit]).await
}

/// Ends the job of a webhook's lane if nothing is due and nobody is writing an event for it; false when it
/// must go on. Whoever writes one afterwards finds the job ended, and adds another. `delivered` is when the
/// last event arrived.
pub async fn end_lane(
    tx: &mut Tx,
    (job, attempt): (i64, i64),
    (webhook, delivered): (Uuid, Option<Ts>),
    now: Ts,
) -> StorageResult<bool> {
    let free = "SELECT CAST(1 AS BIGINT) AS n FROM webhooks WHERE id = $1 {skip}";
    if tx.rows::<Number>(free, vec![webhook.into()]).await?.is_empty() {
        return Ok(false);
    }
    let due = "SELECT CAST(1 AS BIGINT) AS n FROM deliveries d JOIN events e ON e.id = d.event_id
               WHERE d.webhook_id = $1 AND d.completed_at IS NULL AND d.due_at <= $2 LIMIT 1";
    if tx.number(due, args![webhook, now]).await?.is_some() {
        return Ok(false);
    }
    if let Some(delivered) = delivered {
        let last = "UPDATE webhooks SET last_delivery_at = $2 WHERE id = $1";
        tx.change(last, args![webhook, delivered]).await?;
    }
    super::jobs::finish(tx, job, attempt, now).await
}

/// Notes that the receiver took these events.
pub async fn succeed(tx: &mut Tx, webhook: Uuid, code: i64, events: Vec<Uuid>, at: Ts) -> StorageResult<()> {
    let sql = "UPDATE deliveries SET status = 'success', attempts = attempts + 1, error_message = NULL,
               response_code = $1, completed_at = $2 WHERE webhook_id = $3 AND event_id IN ";
    bulk::among::<Number>(tx, sql, args![code, at, webhook], events).await.map(drop)
}

/// Notes a failed try: tried again at `due`, or never again.
pub async fn fail(tx: &mut Tx, attempt: &Attempt, due: Option<Ts>, now: Ts) -> StorageResult<()> {
    let status = if due.is_some() { DeliveryStatus::Pending } else { DeliveryStatus::Failed };
    let said = values!(attempt => response_code, error_message;
        status = status, attempts = attempt.attempt, completed_at = due.is_none().then_some(now));
    let said = if due.is_some() { said.and(values!(due_at = due)) } else { said };
    let which = args![attempt.webhook_id, attempt.event_id];
    said.update(tx, "deliveries", "webhook_id = ? AND event_id = ?", which).await.map(drop)
}

/// Keeps what was tried.
pub async fn keep_attempts(tx: &mut Tx, attempts: &[Attempt]) -> StorageResult<()> {
    let row = |attempt: &Attempt| {
        values!(attempt => webhook_id, event_id, attempt, at, url, request_headers, response_code, response_headers,
            response_body, error_message, duration_ms)
    };
    let rows = attempts.iter().map(row);
    bulk::write(tx, "delivery_attempts", rows, "ON CONFLICT DO NOTHING").await
}

/// A webhook's deliveries, of one status or all, newest first.
pub async fn page(
    on: &mut impl Session,
    webhook: Uuid,
    status: Option<DeliveryStatus>,
    slice: &Slice,
) -> StorageResult<(Vec<Delivery>, RowCount)> {
    Filter::new("webhook_id = ", webhook)
        .compare("status = ", status.map(DeliveryStatus::word))
        .page(on, Rows::of("SELECT *", "FROM deliveries", "event_id"), slice)
        .await
}

/// One delivery.
pub async fn get(on: &mut impl Session, webhook: Uuid, event: Uuid) -> StorageResult<Option<Delivery>> {
    on.row("SELECT * FROM deliveries WHERE webhook_id = $1 AND event_id = $2", args![webhook, event]).await
}

/// The tries of a delivery, in order.
pub async fn attempts(on: &mut impl Session, webhook: Uuid, event: Uuid) -> StorageResult<Vec<Attempt>> {
    let sql = "SELECT * FROM delivery_attempts WHERE webhook_id = $1 AND event_id = $2 ORDER BY attempt";
    on.rows(sql, args![webhook, event]).await
}

/// Asks for a delivery again: the schedule begins anew, the count of tries goes on. False when there is none, or
/// its event is forgotten.
pub async fn again(tx: &mut Tx, webhook: Uuid, event: Uuid) -> StorageResult<bool> {
    let sql =
        "UPDATE deliveries SET status = 'pending', due_at = 0, retried_from = attempts, completed_at = NULL
               WHERE webhook_id = $1 AND event_id = $2 AND EXISTS (SELECT 1 FROM events e WHERE e.id = $2)";
    Ok(tx.change(sql, args![webhook, event]).await? > 0)
}

/// Adds an event to what a webhook is to be told, in its own name, wanted or not.
pub async fn add(tx: &mut Tx, webhook: Uuid, event: Uuid, now: Ts) -> StorageResult<bool> {
    let sql = "INSERT INTO deliveries (webhook_id, event_id, org_id, event, status, due_at, attempts, retried_from, created_at)
               SELECT w.id, e.id, e.org_id, e.name, 'pending', 0, 0, 0, $3
               FROM webhooks w JOIN events e ON e.org_id = w.org_id WHERE w.id = $1 AND e.id = $2
               ON CONFLICT DO NOTHING";
    Ok(tx.change(sql, args![webhook, event, now]).await? > 0)
}

/// Some events after a known one that a webhook wants: the last one's id, to go on from.
pub async fn wanted_after(
    on: &mut impl Session,
    webhook: Uuid,
    org: Uuid,
    known: Uuid,
    limit: i64,
) -> StorageResult<Vec<DeliverableEvent>> {
    let sql = "SELECT e.id, CASE MAX(s.shown_as) WHEN '*' THEN e.name ELSE MAX(s.shown_as) END AS shown_as FROM events e
               JOIN subscriptions s ON s.org_id = e.org_id AND s.webhook_id = $1 AND s.event IN (e.name, '*')
               WHERE e.org_id = $2 AND e.id > $3 GROUP BY e.id, e.name ORDER BY e.id LIMIT $4";
    on.rows(sql, args![webhook, org, known, limit]).await
}

/// An event that a webhook wants.
#[derive(Debug)]
pub struct DeliverableEvent {
    /// The event.
    pub id: Uuid,
    /// The name it is told by.
    pub shown_as: String,
}
record!(DeliverableEvent => id, shown_as);

/// Has these events delivered unless they were: those that failed begin anew.
pub async fn recover(
    tx: &mut Tx,
    webhook: Uuid,
    org: Uuid,
    wanted: &[DeliverableEvent],
    now: Ts,
) -> StorageResult<()> {
    let row = |event: &DeliverableEvent| {
        values!(
            webhook_id = webhook,
            event_id = event.id,
            org_id = org,
            event = &event.shown_as,
            status = "pending",
            due_at = 0_i64,
            attempts = 0_i64,
            retried_from = 0_i64,
            created_at = now
        )
    };
    let rows = wanted.iter().map(row);
    bulk::write(tx, "deliveries", rows, "ON CONFLICT DO NOTHING").await?;
    let sql =
        "UPDATE deliveries SET status = 'pending', due_at = 0, retried_from = attempts, completed_at = NULL
               WHERE status = 'failed' AND webhook_id = $1 AND event_id IN ";
    let events = wanted.iter().map(|event| event.id);
    bulk::among::<Number>(tx, sql, args![webhook], events).await.map(drop)
}

/// Gives up at most `limit` deliveries older than `before` that wait for a webhook which is not active: nobody
/// has resumed it; says how many.
pub async fn give_up(tx: &mut Tx, (before, now): (Ts, Ts), limit: i64) -> StorageResult<u64> {
    let sql = "UPDATE deliveries SET status = 'failed', completed_at = $2, error_message = 'the webhook stayed paused'
               WHERE (webhook_id, event_id) IN (SELECT d.webhook_id, d.event_id
                   FROM deliveries d JOIN webhooks w ON w.id = d.webhook_id AND w.status <> 'ACTIVE'
                   WHERE d.completed_at IS NULL AND d.created_at < $1 LIMIT $3)";
    tx.change(sql, args![before, now, limit]).await
}

/// Forgets at most `limit` deliveries that ended before `before`, and their tries; says how many.
pub async fn forget(tx: &mut Tx, before: Ts, limit: i64) -> StorageResult<u64> {
    let tries = "DELETE FROM delivery_attempts WHERE at < $1 AND (webhook_id, event_id, attempt) IN
                 (SELECT webhook_id, event_id, attempt FROM delivery_attempts WHERE at < $1 ORDER BY at LIMIT $2)";
    let gone = tx.change(tries, args![before, limit]).await?;
    let sql = "DELETE FROM deliveries WHERE (webhook_id, event_id) IN
               (SELECT webhook_id, event_id FROM deliveries WHERE completed_at < $1 ORDER BY completed_at LIMIT $2)";
    Ok(gone + tx.change(sql, args![before, limit]).await?)
}

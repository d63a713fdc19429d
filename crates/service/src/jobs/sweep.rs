//! Retention: what has been kept long enough goes, a little at a time.

use super::{Job, Next, Run, belief};
use crate::{App, idempotency::KEPT};
use g8_config::Keep;
use g8_domain::{Result, Ts};
use g8_storage::{
    Tx, audit, columns, confirmations, deliveries, events, exports, files, idempotency, imports, jobs, links,
    lists, notifications, oauth_clients, oauth_codes, oauth_tokens, privacy, requests, windows,
};
use serde::{Deserialize, Serialize};

/// Rows that one transaction deletes at most: nobody waits long for it.
const AT_ONCE: i64 = 1000;
/// How long the log of requests is kept (contract/platform.md §4.1), and how many of an organisation's.
const REQUESTS: (i64, i64) = (7 * Ts::DAY, 100_000);
/// How long a program is known that nobody uses.
const UNUSED: i64 = 90 * Ts::DAY;

/// Deletes what the settings say is not to be kept, as of a time that a leaping clock does not change. Comes again
/// every ten minutes.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sweep {}

impl Job for Sweep {
    const KIND: &'static str = "sweep";
    const FAILURES: i64 = i64::MAX;
    const AGAIN: Option<&'static str> = Some("0 */10 * * * *");

    async fn run(&self, run: &Run) -> Result<Next> {
        let now = belief::look(run, run.app.clock.now()).await?;
        while !run.stopping() {
            let mut tx = run.begin().await?;
            let gone = some(&mut tx, &run.app, now).await?;
            tx.commit().await?;
            if gone == 0 {
                break;
            }
        }
        crowded(run).await?;
        windows::forget(&run.app.db, now.plus(-2 * Ts::DAY)).await?;
        Ok(Next::Done)
    }
}

/// Deletes the oldest requests of organisations with too many.
async fn crowded(run: &Run) -> Result<()> {
    for org in requests::crowded(&mut &run.app.db, REQUESTS.1).await? {
        let Some(last) = requests::behind(&mut &run.app.db, org, REQUESTS.1).await? else { continue };
        while !run.stopping() {
            let mut tx = run.begin().await?;
            let gone = requests::forget_of(&mut tx, org, last, AT_ONCE).await?;
            tx.commit().await?;
            if gone == 0 {
                break;
            }
        }
    }
    Ok(())
}

/// Deletes some of what is old enough; says how much.
async fn some(tx: &mut Tx, app: &App, now: Ts) -> Result<u64> {
    let Keep {
        events: events_days,
        audit: audit_days,
        deleted,
        transfers,
        jobs: jobs_days,
        deliveries: deliveries_days,
        notifications: notifications_days,
    } = app.tuning.keep;
    let mut gone = idempotency::forget(tx, now.plus(-KEPT), AT_ONCE).await?;
    gone += requests::forget(tx, events::first_id(now.plus(-REQUESTS.0)), AT_ONCE).await?;
    // A day longer than they work: a second use is known as one, an expired token as such.
    gone += oauth_codes::forget(tx, now.plus(-Ts::DAY), AT_ONCE).await?;
    gone += oauth_tokens::forget(tx, now.plus(-Ts::DAY), AT_ONCE).await?;
    gone += oauth_clients::forget(tx, (now.plus(-UNUSED), now), AT_ONCE).await?;
    gone += confirmations::forget(tx, now, AT_ONCE).await?;
    gone += links::forget(tx, now, AT_ONCE).await?;
    gone += imports::expire(tx, (now.plus(-Ts::DAY), now), 10).await?;
    // An upload that was given up a day ago: ids begin with the time.
    gone += files::forget(tx, events::first_id(now.plus(-Ts::DAY)), 10).await?;
    if let Some(before) = before(now, jobs_days) {
        gone += jobs::forget(tx, before, AT_ONCE).await?;
    }
    if let Some(before) = before(now, transfers) {
        gone += imports::forget(tx, before, 10).await? + exports::forget(tx, before, 10).await?;
    }
    if let Some(before) = before(now, deliveries_days) {
        gone += deliveries::give_up(tx, (before, now), AT_ONCE).await?;
        gone += deliveries::forget(tx, before, AT_ONCE).await?;
    }
    if let Some(before) = before(now, notifications_days) {
        gone += notifications::forget(tx, before, AT_ONCE).await?;
    }
    if let Some(before) = before(now, events_days) {
        gone += events::forget(tx, before, AT_ONCE).await?;
    }
    if let Some(before) = before(now, audit_days) {
        gone += audit::forget(tx, before, AT_ONCE).await?;
    }
    if let Some(before) = before(now, deleted) {
        for hidden in privacy::hidden(tx, before, 100).await? {
            privacy::erase(tx, hidden.org_id, hidden.id).await?;
            gone += 1;
        }
        gone += privacy::erase_hidden_companies(tx, before, 100).await?;
        gone += lists::forget(tx, before, AT_ONCE).await? + columns::forget(tx, before, AT_ONCE).await?;
    }
    Ok(gone)
}

/// The end of what is kept for so many days; none for what is kept for good.
fn before(now: Ts, days: i64) -> Option<Ts> {
    (days > 0).then(|| now.plus(-days.saturating_mul(Ts::DAY)))
}

//! Retention: what has been kept long enough goes, a little at a time. What that is, each area says ([`Retain`]).

use super::{Job, Next, Run, clock_guard};
use crate::{App, area::Retain, sealed::destroy_unused_keys};
use g8_domain::{Result, Ts};
use g8_storage::{Tx, requests, windows};
use serde::{Deserialize, Serialize};

/// Rows of a table that one transaction deletes at most: nobody waits long for it.
const AT_ONCE: i64 = 1000;
/// How many requests of an organization are kept (contract/platform.md §4.1).
const MOST_REQUESTS: i64 = 100_000;

/// Deletes what the settings say is not to be kept, as of the trusted time. Comes again every ten minutes.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sweep {}

impl Job for Sweep {
    const KIND: &'static str = "sweep";
    const MAX_ATTEMPTS: i64 = i64::MAX;
    const SCHEDULE: Option<&'static str> = Some("0 */10 * * * *");

    async fn run(&self, run: &Run) -> Result<Next> {
        let now = clock_guard::observe(run, run.app.clock.now()).await?;
        while !run.stopping() {
            let mut tx = run.begin().await?;
            let gone = forget_some(&mut tx, &run.app, now).await?;
            tx.commit().await?;
            if gone == 0 {
                break;
            }
        }
        crowded(run).await?;
        // Whose last value was removed or changed since the rotation.
        destroy_unused_keys(run).await?;
        windows::forget(&run.app.db, now.plus(-2 * Ts::DAY)).await?;
        Ok(Next::Done)
    }
}

/// Deletes some of what is old enough in every area; says how much.
async fn forget_some(tx: &mut Tx, app: &App, now: Ts) -> Result<u64> {
    let mut gone = 0;
    for area in app.registry.areas() {
        if let Retain::Until(forget) = area.retain {
            gone += forget(app, tx, now, AT_ONCE).await?;
        }
    }
    Ok(gone)
}

/// Deletes the oldest requests of organizations with too many.
async fn crowded(run: &Run) -> Result<()> {
    for org in requests::crowded(&mut &run.app.db, MOST_REQUESTS).await? {
        let Some(last) = requests::behind(&mut &run.app.db, org, MOST_REQUESTS).await? else { continue };
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

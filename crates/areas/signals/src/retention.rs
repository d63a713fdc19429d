//! What goes by itself: deliveries, notifications and events that were kept long enough.

use g8_core::{App, days_ago};
use g8_domain::{Result, Ts};
use g8_storage::{Tx, deliveries, events, notifications};

pub(crate) async fn forget(app: &App, tx: &mut Tx, now: Ts, limit: i64) -> Result<u64> {
    let (keep, mut gone) = (&app.config.keep, 0);
    if let Some(before) = days_ago(now, keep.deliveries) {
        gone += deliveries::give_up(tx, (before, now), limit).await?;
        gone += deliveries::forget(tx, before, limit).await?;
    }
    if let Some(before) = days_ago(now, keep.notifications) {
        gone += notifications::forget(tx, before, limit).await?;
    }
    if let Some(before) = days_ago(now, keep.events) {
        gone += events::forget(tx, before, limit).await?;
    }
    Ok(gone)
}

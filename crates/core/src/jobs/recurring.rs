//! Jobs that come again by themselves: one of each in a cluster, whoever runs it.

use super::{Due, new_row};
use crate::App;
use croner::{Cron, parser::CronParser, parser::Seconds};
use g8_domain::{Error, Result, Ts, record};
use g8_storage::{Tx, jobs};

/// Sees to it that there is one of each. What is due runs at once: it may have been missed.
pub(super) async fn begin(app: &App, tx: &mut Tx) -> Result<()> {
    for kind in app.registry.jobs().filter(|kind| kind.schedule.is_some()) {
        let row = new_row(kind.name, kind.pool, (None, serde_json::json!({})), app.clock.now());
        jobs::insert(tx, &record::JobRow { only_one: Some(kind.name.to_owned()), ..row }).await?;
    }
    Ok(())
}

/// When a job with this cron expression comes again: so long from now, wherever the clock is set to meanwhile.
pub(super) fn next(expression: &str, now: Ts) -> Result<Due> {
    let cron = CronParser::builder().seconds(Seconds::Required).build().parse(expression);
    let cron: Cron = cron.map_err(Error::internal)?;
    let after = chrono::DateTime::from_timestamp_micros(now.0).unwrap_or_default();
    let next: Ts = cron.find_next_occurrence(&after, false).map_err(Error::internal)?.into();
    Ok(Due::In(next.0 - now.0))
}

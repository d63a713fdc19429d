//! Jobs that come again by themselves: one of each in a cluster, whoever runs it.

use super::{Job, Jobs, fresh, put, register};
use crate::App;
use croner::{Cron, parser::CronParser, parser::Seconds};
use g8_domain::{Error, Result, Ts, record::Pool};
use g8_storage::Tx;

/// The kinds that come again, and when.
#[derive(Default)]
struct Recurring(Vec<(&'static str, Pool)>);

impl Jobs for Recurring {
    fn add<J: Job>(&mut self) {
        if J::AGAIN.is_some() {
            self.0.push((J::KIND, J::POOL));
        }
    }
}

/// Sees to it that there is one of each. What is due runs at once: it may have been missed.
pub(super) async fn begin(app: &App, tx: &mut Tx) -> Result<()> {
    let mut recurring = Recurring::default();
    register(&mut recurring);
    for (kind, pool) in recurring.0 {
        let job = fresh(kind, pool, (None, serde_json::json!({})), app.clock.now());
        put(tx, &g8_domain::record::Job { only_one: Some(kind.to_owned()), ..job }).await?;
    }
    Ok(())
}

/// When a job with this cron expression comes again.
pub(super) fn next(expression: &str, after: Ts) -> Result<Ts> {
    let cron = CronParser::builder().seconds(Seconds::Required).build().parse(expression);
    let cron: Cron = cron.map_err(Error::internal)?;
    let after = chrono::DateTime::from_timestamp_micros(after.0).unwrap_or_default();
    Ok(cron.find_next_occurrence(&after, false).map_err(Error::internal)?.into())
}

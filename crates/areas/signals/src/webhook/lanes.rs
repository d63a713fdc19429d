//! Seeing to it that what is due is delivered.

use super::health::LONGEST_REST;
use g8_core::jobs::{Job, Next, Run};
use g8_domain::{Result, Ts};
use g8_storage::webhooks;
use serde::{Deserialize, Serialize};

/// Opens a lane for every webhook that has a delivery due and no lane: for tries that were to come later,
/// and for what a crash left.
#[derive(Debug, Serialize, Deserialize)]
pub struct Lanes {}

impl Job for Lanes {
    const KIND: &'static str = "lanes";
    const MAX_ATTEMPTS: i64 = i64::MAX;
    const SCHEDULE: Option<&'static str> = Some("*/10 * * * * *");

    async fn run(&self, run: &Run) -> Result<Next> {
        let mut tx = run.begin().await?;
        let now = run.app.clock.now();
        // Nothing is put off for longer than this: whatever is, was while the clock was ahead.
        let longest = run.app.config.webhooks.retry_seconds.iter().map(|seconds| i64::from(*seconds)).max();
        let latest = now.plus((longest.unwrap_or_default().max(LONGEST_REST) + 60) * Ts::SECOND);
        webhooks::pull_in(&mut tx, latest, now).await?;
        let opened = webhooks::open_lanes(&mut tx, now).await?;
        tx.commit().await?;
        if opened > 0 {
            run.app.wake();
        }
        Ok(Next::Done)
    }
}

//! Seeing to it that what is due is delivered.

use crate::jobs::{Job, Next, Run};
use g8_domain::Result;
use g8_storage::webhooks;
use serde::{Deserialize, Serialize};

/// Opens a lane for every webhook that has a delivery due and no lane: for tries that were to come later,
/// and for what a crash left.
#[derive(Debug, Serialize, Deserialize)]
pub struct Lanes {}

impl Job for Lanes {
    const KIND: &'static str = "lanes";
    const FAILURES: i64 = i64::MAX;
    const AGAIN: Option<&'static str> = Some("*/10 * * * * *");

    async fn run(&self, run: &Run) -> Result<Next> {
        let mut tx = run.begin().await?;
        let opened = webhooks::open_lanes(&mut tx, run.app.clock.now()).await?;
        tx.commit().await?;
        if opened > 0 {
            run.app.wake();
        }
        Ok(Next::Done)
    }
}

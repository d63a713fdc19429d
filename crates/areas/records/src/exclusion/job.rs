//! Exclusions that have come to their end.

use crate::events::ExclusionLifted;
use g8_core::{
    events::{Author, emit},
    jobs::{Job, Next, Run, trusted_now},
};
use g8_domain::{Result, record::Exclusion};
use g8_storage::exclusions;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use uuid::Uuid;

/// Exclusions that one transaction lifts.
const AT_ONCE: i64 = 500;

/// Takes exclusions out of the ledger that have ended, and says so once for each. They exclude nobody from
/// their last moment on, whenever this comes.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Lift {}

impl Job for Lift {
    const KIND: &'static str = "lift_exclusions";
    const MAX_ATTEMPTS: i64 = i64::MAX;
    const SCHEDULE: Option<&'static str> = Some("0 * * * * *");

    async fn run(&self, run: &Run) -> Result<Next> {
        // Whoever is taken out while the clock is ahead would be written to when it is right again.
        let at = trusted_now(&run.app, run.app.clock.now()).await?;
        while !run.stopping() {
            let mut tx = run.begin().await?;
            let mut ended: HashMap<Uuid, Vec<Exclusion>> = HashMap::new();
            for one in exclusions::lift(&mut tx, at, AT_ONCE).await? {
                ended.entry(one.org_id).or_default().push(one);
            }
            if ended.is_empty() {
                break;
            }
            for (org, all) in ended {
                let author = Author { org, at, name: None, user: None };
                let events: Vec<ExclusionLifted> = all
                    .into_iter()
                    .map(|one| ExclusionLifted(super::ExclusionView::from(one).into()))
                    .collect();
                emit(&run.app, &mut tx, &author, &events).await?;
            }
            tx.commit().await?;
            run.app.wake();
        }
        Ok(Next::Done)
    }
}

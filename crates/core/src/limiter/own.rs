//! Counting in one process: in memory, so that a request costs no write. Once a second the database hears of it,
//! and this process of what others counted: a restart forgets nothing, a crash the last second, and programs
//! beside the server see its count and it theirs.

use super::{locked, window};
use g8_auth::{Quota, Window};
use g8_domain::{Plan, Result, Ts};
use g8_storage::{Db, windows};
use std::{collections::HashMap, sync::Mutex};
use uuid::Uuid;

/// Keys whose counts are written in one transaction.
const BATCH: usize = 200;
/// After so long nothing of a window counts but its day, and that the database has.
const IDLE: i64 = 60 * Ts::SECOND;

/// The keys that are in use.
#[derive(Default)]
pub struct Own {
    counts: Mutex<HashMap<Uuid, Count>>,
    /// One writes at a time: who comes second finds it written.
    writing: tokio::sync::Mutex<()>,
}

struct Count {
    window: Window,
    plan: Plan,
    /// What the database has not heard of.
    fresh: Vec<Ts>,
}

type Fresh = Vec<(Uuid, Plan, Vec<Ts>)>;

impl Own {
    pub async fn admit(&self, db: &Db, key: Uuid, plan: Plan, now: Ts) -> Result<Quota> {
        if let Some(quota) = self.admit_known(key, plan, now) {
            return Ok(quota);
        }
        let window = window(windows::get(&mut &*db, key, now.0).await?);
        let mut counts = locked(&self.counts);
        let count = counts.entry(key).or_insert(Count { window, plan, fresh: Vec::new() });
        Ok(count.admit(plan, now))
    }

    fn admit_known(&self, key: Uuid, plan: Plan, now: Ts) -> Option<Quota> {
        Some(locked(&self.counts).get_mut(&key)?.admit(plan, now))
    }

    pub async fn keep(&self, db: &Db, now: Ts) -> Result<()> {
        let _turn = self.writing.lock().await;
        loop {
            let fresh = self.take();
            if fresh.is_empty() {
                break;
            }
            match write(db, &fresh, now).await {
                Ok(windows) => self.kept(windows),
                Err(error) => {
                    self.put_back(fresh);
                    return Err(error);
                }
            }
        }
        let in_use = |at: Ts| now.0.saturating_sub(at.0) < IDLE;
        locked(&self.counts)
            .retain(|_, count| !count.fresh.is_empty() || count.window.last().is_some_and(in_use));
        Ok(())
    }

    fn take(&self) -> Fresh {
        let mut counts = locked(&self.counts);
        let unheard = counts.iter_mut().filter(|(_, count)| !count.fresh.is_empty()).take(BATCH);
        unheard.map(|(key, count)| (*key, count.plan, std::mem::take(&mut count.fresh))).collect()
    }

    fn put_back(&self, fresh: Fresh) {
        let mut counts = locked(&self.counts);
        for (key, _, hits) in fresh {
            if let Some(count) = counts.get_mut(&key) {
                count.fresh.splice(0..0, hits);
            }
        }
    }

    /// What the database has, and what was counted since.
    fn kept(&self, windows: Vec<(Uuid, Window)>) {
        let mut counts = locked(&self.counts);
        for (key, mut window) in windows {
            if let Some(count) = counts.get_mut(&key) {
                window.absorb(&count.fresh);
                count.window = window;
            }
        }
    }
}

impl Count {
    fn admit(&mut self, plan: Plan, now: Ts) -> Quota {
        self.plan = plan;
        let quota = self.window.admit(plan, now);
        if quota.admitted {
            self.fresh.push(quota.at);
        }
        quota
    }
}

/// Adds to what the database has; says what that makes.
async fn write(db: &Db, fresh: &Fresh, now: Ts) -> Result<Vec<(Uuid, Window)>> {
    let mut tx = db.begin().await?;
    let mut written = Vec::with_capacity(fresh.len());
    for (key, plan, hits) in fresh {
        let stored = windows::get(&mut tx, *key, now.0).await?;
        let version = stored.version.unwrap_or_default();
        let mut window = window(stored);
        window.absorb(hits);
        let newest = window.last().unwrap_or(now);
        window.forget(*plan, newest);
        windows::set(&mut tx, *key, version + 1, (window.to_bytes(), newest)).await?;
        written.push((*key, window));
    }
    tx.commit().await?;
    Ok(written)
}

//! Counting in the database, for all programs that open it, by the database's clock.
//!
//! Requests of one key that come while one of them is counted are counted together, by the next statement.
//!
//! What a program remembers of a window is good until another writes it; what it takes for the time is its own
//! clock with the lead that the database's had the last time. The statement that counts a request refuses when
//! either is wrong. A refusal costs no statement, but where it is in doubt, and one a second: a wrong clock refuses
//! nobody for long.

use super::{locked, window};
use crate::Clock;
use g8_auth::{Quota, Window};
use g8_domain::{Error, ErrorKind, Plan, Result, Ts};
use g8_storage::{Db, Session, windows};
use std::{
    collections::{HashMap, VecDeque},
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering},
    },
};
use tokio::sync::oneshot;
use uuid::Uuid;

/// Windows that are remembered.
const MOST: usize = 10_000;
/// Tries against other programs that write the same window, before this one waits for its turn.
const TRIES: usize = 4;

/// A window as the database had it.
struct Seen {
    version: Option<i64>,
    window: Window,
    /// How far the database's clock is ahead of this program's at least.
    lead: i64,
    /// How much more it may be: as long as the database took to say so.
    doubt: i64,
    /// When, by this program's clock.
    at: Ts,
}

/// A key's window, and the requests that wait to be counted in it.
#[derive(Default)]
struct Known {
    seen: tokio::sync::Mutex<Option<Seen>>,
    waiting: Mutex<VecDeque<Waiting>>,
}

struct Waiting {
    plan: Plan,
    counted: oneshot::Sender<Quota>,
}

/// The windows that this program has seen.
#[derive(Default)]
pub struct Shared {
    known: Mutex<HashMap<Uuid, Arc<Known>>>,
    /// How much later it is than PostgreSQL thinks; only tests let time pass there.
    passed: AtomicI64,
}

impl Shared {
    pub async fn admit(&self, db: &Db, key: (Uuid, Plan), clock: &Clock) -> Result<Quota> {
        let known = self.known_as(key.0);
        let (counted, mut told) = oneshot::channel();
        let mut seen_last = match known.seen.try_lock() {
            Ok(seen_last) => seen_last,
            Err(_) => {
                locked(&known.waiting).push_back(Waiting { plan: key.1, counted });
                tokio::select! {
                    biased;
                    // Whoever was to count it may have failed: then it is counted alone.
                    Ok(quota) = &mut told => return Ok(quota),
                    seen_last = known.seen.lock() => seen_last,
                }
            }
        };
        // Told while it came by its turn; from here on nobody counts it but itself.
        if let Ok(quota) = told.try_recv() {
            return Ok(quota);
        }
        drop(told);
        for _ in 0..TRIES {
            let (seen, is_new) = match seen_last.take() {
                Some(seen) => (seen, false),
                None => (self.read(db, key.0, clock).await?, true),
            };
            match self.try_with(db, &seen, key, (clock, &known.waiting)).await? {
                Tried::Counted(quota, now) => {
                    *seen_last = Some(now);
                    return Ok(quota);
                }
                Tried::Refused(quota, is_sure) if is_new || is_sure => {
                    *seen_last = Some(seen);
                    return Ok(quota);
                }
                Tried::ClockSetBack if is_new => break,
                Tried::Refused(..) | Tried::ClockSetBack | Tried::Outdated => {}
            }
        }
        self.admit_in_turn(db, key, clock).await
    }

    async fn try_with(
        &self,
        db: &Db,
        seen: &Seen,
        (key, plan): (Uuid, Plan),
        (clock, waiting): (&Clock, &Mutex<VecDeque<Waiting>>),
    ) -> Result<Tried> {
        let here = clock.now();
        let now = here.plus(seen.lead);
        if seen.window.was_set_back(now) {
            return Ok(Tried::ClockSetBack);
        }
        let mut window = seen.window.clone();
        let quota = window.admit(plan, now);
        // Other programs can only have counted more: what is refused here is refused there.
        if !quota.admitted {
            let at_most = seen.window.look(plan, now.plus(seen.doubt));
            return Ok(Tried::Refused(quota, !at_most.admitted && seen.is_recent(here)));
        }
        let others = admit_waiting(&mut locked(waiting), &mut window, now);
        let next = windows::NextWindow { seen: seen.version, state: window.to_bytes(), not_before: now };
        let put = windows::put(db, key, next, self.passed(db, clock)).await;
        let (version, at) = match put {
            Ok(Some(at)) => (Some(seen.version.unwrap_or_default() + 1), at),
            Ok(None) => return Ok(Tried::Outdated),
            // Where nothing can be written, reading goes on; what it counts is known here only.
            Err(error) if error.is_disk() => (seen.version, now),
            Err(error) => return Err(error.into()),
        };
        window.settle(at);
        for other in others {
            // Whoever has gone away is counted all the same.
            let _ = other.counted.send(Quota { admitted: true, ..window.look(other.plan, at) });
        }
        let quota = Quota { admitted: true, ..window.look(plan, at) };
        Ok(Tried::Counted(quota, Seen::new((version, window), at, (here, clock.now()))))
    }

    async fn read(&self, db: &Db, key: Uuid, clock: &Clock) -> Result<Seen> {
        let asked = clock.now();
        let stored = windows::get(&mut &*db, key, self.passed(db, clock)).await?;
        let (version, now) = (stored.version, stored.now);
        Ok(Seen::new((version, window(stored)), now, (asked, clock.now())))
    }

    /// Where others keep being first, or the database's clock was set back: waits for its turn. Three statements
    /// more, and never starved.
    async fn admit_in_turn(&self, db: &Db, (key, plan): (Uuid, Plan), clock: &Clock) -> Result<Quota> {
        let mut tx = db.begin().await?;
        if !windows::lock(&mut tx, key).await? {
            let gone = "The count of this key's requests was reset; try again.";
            return Err(Error::new(ErrorKind::Unavailable, gone));
        }
        let stored = windows::get(&mut tx, key, self.passed(db, clock)).await?;
        let (version, now) = (stored.version.unwrap_or_default(), stored.now);
        let mut window = window(stored);
        let quota = window.admit(plan, now);
        if quota.admitted {
            windows::set(&mut tx, key, version + 1, (window.to_bytes(), quota.at)).await?;
            tx.commit().await?;
        }
        Ok(quota)
    }

    /// What to add to the database's own clock. SQLite has none: programs on one machine have the machine's.
    fn passed(&self, db: &Db, clock: &Clock) -> i64 {
        if db.is_sqlite() { clock.now().0 } else { self.passed.load(Ordering::Relaxed) }
    }

    /// Lets time pass in a database.
    #[cfg(test)]
    pub(crate) fn pass(&self, micros: i64) {
        self.passed.fetch_add(micros, Ordering::Relaxed);
    }

    fn known_as(&self, key: Uuid) -> Arc<Known> {
        let mut known = locked(&self.known);
        if known.len() >= MOST {
            // Whoever holds one goes on with it; the others are read afresh.
            known.clear();
        }
        Arc::clone(known.entry(key).or_default())
    }
}

/// Counts those who wait, as far as there is room. Where that cannot be written, they are dropped, and count
/// themselves.
fn admit_waiting(waiting: &mut VecDeque<Waiting>, window: &mut Window, now: Ts) -> Vec<Waiting> {
    let mut admitted = Vec::new();
    while let Some(next) = waiting.pop_front() {
        if next.counted.is_closed() {
            continue;
        }
        let mut more = window.clone();
        if !more.admit(next.plan, now).admitted {
            waiting.push_front(next);
            break;
        }
        *window = more;
        admitted.push(next);
    }
    admitted
}

/// What came of counting a request.
enum Tried {
    Counted(Quota, Seen),
    /// And whether that is sure, whatever is in doubt about the time.
    Refused(Quota, bool),
    /// Another program has counted since, or it is not yet as late as this one thinks.
    Outdated,
    ClockSetBack,
}

impl Seen {
    /// What the database said, when it was this late there, between two moments here.
    fn new((version, window): (Option<i64>, Window), there: Ts, (asked, heard): (Ts, Ts)) -> Self {
        let (lead, doubt) = (there.0 - heard.0, (heard.0 - asked.0).max(0));
        Self { version, window, lead, doubt, at: heard }
    }

    /// Within a second; a clock that was set makes it old.
    fn is_recent(&self, now: Ts) -> bool {
        (0..Ts::SECOND).contains(&(now.0 - self.at.0))
    }
}

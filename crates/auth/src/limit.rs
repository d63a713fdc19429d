//! Rate limits: how many requests of a key still count, and what that leaves.
//!
//! Seconds and minutes slide: whichever second or minute one looks at, it holds no more than the limit.
//! A token bucket would let twice as much through around the moment it is full. A day is the calendar's,
//! from midnight to midnight UTC (contract/platform.md B5).

use g8_domain::{Error, ErrorKind, Plan, Ts};
use serde_json::json;
use std::collections::VecDeque;

const MINUTE: i64 = 60 * Ts::SECOND;
/// Clocks are corrected a little now and then. Within this, time stands still for a window; beyond it, the
/// clock was set back, and the window moves with it.
const SKEW: i64 = 2 * Ts::SECOND;

/// The requests of one key that still count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Window {
    hits: VecDeque<i64>,
    day: i64,
    today: u32,
}

/// One limit and what is left of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meter {
    /// `second`, `minute` or `day`.
    pub name: &'static str,
    /// Its length in seconds.
    pub seconds: i64,
    /// Most requests in it.
    pub limit: u32,
    /// How many more may come now.
    pub remaining: u32,
    /// When one more may come than now.
    pub frees_at: Ts,
}

/// What a key may still ask for, at one moment. Without any meter there is no limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quota {
    /// The limits of the key's plan, the shortest first.
    pub meters: Vec<Meter>,
    /// The moment it was taken.
    pub at: Ts,
    /// Whether the request that took it was let in.
    pub admitted: bool,
}

impl Window {
    /// Counts a request if the plan has room for it, and says what is left.
    pub fn admit(&mut self, plan: Plan, now: Ts) -> Quota {
        let now = self.forget(plan, now);
        let admitted = self.meters(plan, now).iter().all(|meter| meter.remaining > 0);
        if admitted {
            self.hits.push_back(now.0);
            self.today = self.today.saturating_add(1);
        }
        Quota { meters: self.meters(plan, now), at: now, admitted }
    }

    /// What is left, without counting a request.
    #[must_use]
    pub fn look(&self, plan: Plan, now: Ts) -> Quota {
        let mut window = self.clone();
        let now = window.forget(plan, now);
        let meters = window.meters(plan, now);
        Quota { admitted: meters.iter().all(|meter| meter.remaining > 0), meters, at: now }
    }

    /// Drops what no longer counts; says what time it is for this window.
    pub fn forget(&mut self, plan: Plan, now: Ts) -> Ts {
        let behind = self.behind(now);
        if behind > SKEW {
            self.hits.iter_mut().for_each(|at| *at -= behind);
        }
        let now = if behind > SKEW { now } else { Ts(now.0.saturating_add(behind)) };
        // Without a limit on minutes nothing reads the hits of a minute.
        let span = if plan.per_minute.is_some() { MINUTE } else { Ts::SECOND };
        while self.hits.front().is_some_and(|at| *at <= now.0 - span) {
            self.hits.pop_front();
        }
        let day = now.0.div_euclid(Ts::DAY);
        if day > self.day {
            (self.day, self.today) = (day, 0);
        } else if day < self.day - 1 {
            // The clock was set right. What was counted counts on: going forth and back gives no second day.
            self.day = day;
        }
        now
    }

    /// How far this moment lies before the newest request.
    fn behind(&self, now: Ts) -> i64 {
        self.hits.back().map_or(0, |last| last.saturating_sub(now.0).max(0))
    }

    /// Whether, seen from this window, the clock was set back.
    #[must_use]
    pub fn was_set_back(&self, now: Ts) -> bool {
        self.behind(now) > SKEW
    }

    /// Says when the newest request was counted by the clock that all share: that is known only afterwards.
    pub fn settle(&mut self, at: Ts) {
        let Some(newest) = self.hits.back_mut() else { return };
        *newest = at.0.max(*newest);
        let day = newest.div_euclid(Ts::DAY);
        if day > self.day {
            (self.day, self.today) = (day, 1);
        }
    }

    /// Adds requests that were counted elsewhere.
    pub fn absorb(&mut self, counted: &[Ts]) {
        for at in counted {
            let place = self.hits.partition_point(|hit| *hit <= at.0);
            self.hits.insert(place, at.0);
            let day = at.0.div_euclid(Ts::DAY);
            let today = if day > self.day { 0 } else { self.today };
            (self.day, self.today) = (day.max(self.day), today.saturating_add(1));
        }
    }

    fn meters(&self, plan: Plan, now: Ts) -> Vec<Meter> {
        let sliding = |name, limit: Option<u32>, span: i64| {
            limit.map(|limit| {
                let counting = self.hits.len() - self.hits.partition_point(|at| *at <= now.0 - span);
                let used = u32::try_from(counting).unwrap_or(u32::MAX);
                let oldest = self.hits.get(self.hits.len() - counting);
                Meter {
                    name,
                    seconds: span / Ts::SECOND,
                    limit,
                    remaining: limit.saturating_sub(used),
                    frees_at: oldest.map_or(now, |at| Ts(at + span)),
                }
            })
        };
        let day = plan.per_day.map(|limit| Meter {
            name: "day",
            seconds: Ts::DAY / Ts::SECOND,
            limit,
            remaining: limit.saturating_sub(self.today),
            frees_at: Ts((self.day + 1) * Ts::DAY),
        });
        let second = sliding("second", plan.per_second, Ts::SECOND);
        let minute = sliding("minute", plan.per_minute, MINUTE);
        [second, minute, day].into_iter().flatten().collect()
    }

    /// When a request was last counted.
    #[must_use]
    pub fn last(&self) -> Option<Ts> {
        self.hits.back().copied().map(Ts)
    }

    /// As it is shared between nodes: eight bytes a number, the day and its count first.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let numbers = [self.day, i64::from(self.today)].into_iter().chain(self.hits.iter().copied());
        numbers.flat_map(i64::to_be_bytes).collect()
    }

    /// The window those bytes were; a new one when they are none.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let mut numbers = bytes.as_chunks::<8>().0.iter().map(|chunk| i64::from_be_bytes(*chunk));
        let day = numbers.next().unwrap_or_default();
        let today = numbers.next().and_then(|count| u32::try_from(count).ok()).unwrap_or_default();
        Self { day, today, hits: numbers.collect() }
    }
}

impl Meter {
    /// Whole seconds until one more request may come; rounded up, so that waiting them is enough.
    #[must_use]
    pub fn wait(&self, now: Ts) -> i64 {
        ((self.frees_at.0 - now.0).max(0) + Ts::SECOND - 1) / Ts::SECOND
    }
}

impl Quota {
    /// The meter that is called this.
    #[must_use]
    pub fn meter(&self, name: &str) -> Option<&Meter> {
        self.meters.iter().find(|meter| meter.name == name)
    }

    /// Refuses the request that was not let in.
    ///
    /// # Errors
    /// 429 that names the limit and the seconds to wait.
    pub fn check(&self) -> Result<(), Error> {
        if self.admitted {
            return Ok(());
        }
        let used_up = self.meters.iter().filter(|meter| meter.remaining == 0);
        let Some(meter) = used_up.max_by_key(|meter| meter.frees_at) else { return Ok(()) };
        Err(too_many(
            format!("This key may make {} requests a {}", meter.limit, meter.name),
            meter.wait(self.at),
        )
        .with(
            json!({ "limit": meter.limit, "window": meter.name, "retry_after": meter.wait(self.at).max(1) }),
        ))
    }
}

/// 429, with the seconds to wait.
pub fn too_many(why: String, wait: i64) -> Error {
    let wait = wait.max(1);
    let message = format!("{why}; try again in {wait} s.");
    Error::new(ErrorKind::TooMany, message).with(json!({ "retry_after": wait }))
}

#[cfg(test)]
mod tests;

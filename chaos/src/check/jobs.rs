//! No worker wrote to a job after another had claimed it.

use super::{Counts, Faults};
use crate::{Result, world::World};
use std::{collections::HashMap, fs};

/// A line of the record of claims.
struct Line {
    job: i64,
    attempt: i64,
    process: i64,
    at: i64,
}

/// Reads the record, as far as whoever was killed has written it.
pub fn check(world: &World, counts: &mut Counts) -> Result {
    let text = fs::read_to_string(world.trace())?;
    let (claims, holds) = (lines(&text, "claim"), lines(&text, "hold"));
    (counts.claims, counts.holds) = (claims.len(), holds.len());
    let mut faults = Faults::of(world, "jobs that two workers held at once");
    let mut by_job: HashMap<i64, HashMap<i64, &Line>> = HashMap::new();
    for claim in &claims {
        let other = by_job.entry(claim.job).or_default().insert(claim.attempt, claim);
        faults
            .add_if(other.is_some(), || format!("job {} was claimed twice as {}", claim.job, claim.attempt));
    }
    for hold in &holds {
        let claims = by_job.get(&hold.job).into_iter().flat_map(HashMap::values);
        let newer = claims.filter(|claim| claim.attempt > hold.attempt).min_by_key(|claim| claim.at);
        if let Some(newer) = newer.filter(|newer| newer.at < hold.at) {
            faults.add(|| {
                format!(
                    "job {}: process {} held attempt {} {} µs after process {} had claimed {}",
                    hold.job,
                    hold.process,
                    hold.attempt,
                    hold.at - newer.at,
                    newer.process,
                    newer.attempt
                )
            });
        }
    }
    counts.faults.push(faults.counted());
    Ok(())
}

fn lines(text: &str, what: &str) -> Vec<Line> {
    let read = |line: &str| {
        let mut numbers = line.strip_prefix(what)?.split_whitespace().map(|word| word.parse().ok());
        let mut next = || numbers.next().flatten();
        Some(Line { job: next()?, attempt: next()?, process: next()?, at: next()? })
    };
    text.lines().filter_map(read).collect()
}

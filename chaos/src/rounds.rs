//! Killing: at every named place, at any moment, and stopping a worker for longer than its claims last.

use crate::{
    Result,
    clock::{self, BEAT},
    process::{Process, Role, was_killed},
    world::{LEASE_SECONDS, World},
};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use rustix::process::Signal;
use std::{
    collections::BTreeMap,
    sync::{Arc, atomic::Ordering},
    time::{Duration, Instant},
};

/// How long a place is waited for.
const FIRST: Duration = Duration::from_secs(3);
/// How long it is waited for at its first pass: a recurring job comes every ten seconds.
const SECOND: Duration = Duration::from_secs(14);
/// How long writers write, and how many such turns later they write again: meanwhile lanes find nothing to do.
const TURN: Duration = Duration::from_millis(250);
const REST: u128 = 12;

/// What was done to the processes of a world.
#[derive(Debug, Default)]
pub struct Deaths {
    pub by_place: BTreeMap<String, u64>,
    pub random: u64,
    pub stops: u64,
    pub unreached: Vec<String>,
}

/// The processes of a world.
pub struct Fleet {
    world: Arc<World>,
    processes: Vec<Process>,
    armed: Option<String>,
    script: StdRng,
    gone: u64,
    pub deaths: Deaths,
}

impl Fleet {
    /// None runs.
    pub fn new(world: Arc<World>, seed: u64) -> Self {
        let script = StdRng::seed_from_u64(seed.wrapping_mul(7));
        Self { world, processes: Vec::new(), armed: None, script, gone: 0, deaths: Deaths::default() }
    }

    /// Starts everything anew, armed to die at a place or not. What still ran is killed.
    pub async fn start(&mut self, place: Option<&str>, pass: u64) -> Result {
        for (slot, mut process) in std::mem::take(&mut self.processes).into_iter().enumerate() {
            self.world.place(slot, None);
            match process.kill()? {
                None => self.deaths.random += 1,
                Some(status) => self.classify(was_killed(status), &process),
            }
        }
        self.armed = place.map(str::to_owned);
        let mut starting = Vec::new();
        for slot in 0..self.world.kind.roles().len() {
            let (world, point) = (Arc::clone(&self.world), place.map(|place| format!("{place}@{pass}")));
            starting.push(tokio::spawn(async move { world.start(slot, point.as_deref()).await }));
        }
        for started in starting {
            // One that died before it was ready is found dead.
            let (Ok(process) | Err(process)) = started.await??;
            self.processes.push(process);
        }
        Ok(())
    }

    /// Notes how a process came to be dead.
    fn classify(&mut self, killed: bool, process: &Process) {
        match self.armed.clone() {
            Some(place) if killed => *self.deaths.by_place.entry(place).or_default() += 1,
            _ => self.world.fault(format!("a server ended by itself: {}", process.said())),
        }
    }

    /// Kills at a named place; tries its first pass when the chosen one does not come, and again on a busy machine.
    pub async fn kill_at(&mut self, place: &str) -> Result {
        let most = match place {
            "webhook.pausing" | "recurring.again" => 1,
            place if place.starts_with("lane.") || place.starts_with("retry.") => 3,
            place if place.starts_with("job.") || place.starts_with("delivery.") => 16,
            _ => 64,
        };
        let chosen = self.script.random_range(1..=most);
        for (pass, patience) in [(chosen, FIRST), (1, SECOND), (1, SECOND * 2)] {
            self.start(Some(place), pass).await?;
            if place == "webhook.pausing" {
                // Whoever is killed while it is made has not made it.
                self.gone += 1;
                let _ = self.world.hook(&format!("gone-{}", self.gone), &["*"]).await;
            }
            if self.one_died(place.starts_with("lane."), clock::now() + patience).await? {
                return Ok(());
            }
        }
        self.deaths.unreached.push(place.to_owned());
        Ok(())
    }

    /// Waits until one has died; by turns, writers rest.
    async fn one_died(&mut self, by_turns: bool, end: Instant) -> Result<bool> {
        let begun = clock::now();
        while clock::now() < end {
            for process in &mut self.processes {
                if process.ended()?.is_some() {
                    self.world.calm.store(false, Ordering::Relaxed);
                    return Ok(true);
                }
            }
            let turn = begun.elapsed().as_millis() / TURN.as_millis();
            self.world.calm.store(by_turns && !turn.is_multiple_of(REST), Ordering::Relaxed);
            clock::pause(BEAT).await;
        }
        self.world.calm.store(false, Ordering::Relaxed);
        Ok(false)
    }

    /// Kills one at any moment, and starts it again.
    pub async fn kill_any(&mut self) -> Result {
        self.live(50..700).await;
        let slot = self.script.random_range(0..self.processes.len());
        self.replace(slot).await
    }

    /// Starts again what has died, or one that is killed for it.
    async fn replace(&mut self, slot: usize) -> Result {
        self.world.place(slot, None);
        match self.processes[slot].kill()? {
            None => self.deaths.random += 1,
            Some(status) => {
                let dead = self.processes.remove(slot);
                self.classify(was_killed(status), &dead);
                self.processes.insert(slot, dead);
            }
        }
        match self.world.start(slot, None).await? {
            Ok(process) => self.processes[slot] = process,
            Err(process) => return Err(format!("a server ended by itself: {}", process.said()).into()),
        }
        Ok(())
    }

    /// Stops one that works, for longer than its claims last, and lets it go on.
    pub async fn stop_one(&mut self) -> Result {
        let roles = self.world.kind.roles();
        let works: Vec<usize> = (0..roles.len()).filter(|slot| roles[*slot] != Role::Door).collect();
        let slot = works[self.script.random_range(0..works.len())];
        self.processes[slot].signal(Signal::STOP)?;
        self.deaths.stops += 1;
        let lease = LEASE_SECONDS * 1000;
        self.live(lease + 800..lease + 2000).await;
        self.processes[slot].signal(Signal::CONT)?;
        self.live(300..900).await;
        Ok(())
    }

    /// Lets everything run for some milliseconds.
    pub async fn live(&mut self, milliseconds: std::ops::Range<u64>) {
        let time = Duration::from_millis(self.script.random_range(milliseconds));
        clock::pause(time).await;
    }

    /// Ends everything as an operator would.
    pub async fn stop(&mut self) -> Result {
        for process in std::mem::take(&mut self.processes) {
            process.stop().await?;
        }
        Ok(())
    }
}

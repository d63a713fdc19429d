//! A load: a fixed number of connections, each asking as soon as it was answered.

use crate::{
    Result, clock,
    http::{Ask, Connection, Target},
};
use http_body_util::BodyExt;
use hyper::{StatusCode, body::Bytes};
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::task::JoinSet;

/// How much to ask for.
#[derive(Clone, Copy)]
pub struct Plan {
    pub connections: usize,
    pub seconds: f64,
    /// Any other answer fails the load.
    pub expected: StatusCode,
}

/// What a load gave.
#[derive(Clone, Copy, Default)]
pub struct Load {
    pub per_second: f64,
    pub p50: Duration,
    pub p99: Duration,
    /// The part of a core that asking took: close to 1, the load measures itself.
    pub asking: f64,
}

impl Load {
    /// The mean of rounds.
    pub fn mean(rounds: &[Self]) -> Self {
        let share = |of: fn(&Self) -> Duration| {
            rounds.iter().map(of).sum::<Duration>() / u32::try_from(rounds.len()).unwrap_or(1).max(1)
        };
        let per_second = rounds.iter().map(|load| load.per_second).sum::<f64>() / rounds.len().max(1) as f64;
        let asking = rounds.iter().map(|load| load.asking).fold(0.0, f64::max);
        Self { per_second, p50: share(|load| load.p50), p99: share(|load| load.p99), asking }
    }
}

/// When to begin counting and when to stop.
#[derive(Clone, Copy)]
struct Window {
    begin: Instant,
    end: Instant,
}

impl Window {
    /// A short warm-up first: connections open, caches fill, statements are prepared.
    fn of(seconds: f64) -> Self {
        let begin = clock::now() + Duration::from_secs_f64((seconds / 5.0).min(1.0));
        Self { begin, end: begin + Duration::from_secs_f64(seconds) }
    }
}

/// Runs a load; `ask` makes the n-th request, n counting from 0 over all connections.
///
/// # Errors
/// A connection broke, or a status was not the expected one; the first such answer is in the text.
pub async fn run(
    target: &Target,
    plan: Plan,
    ask: impl Fn(u64) -> Ask + Send + Sync + 'static,
) -> Result<Load> {
    let (ask, count) = (Arc::new(ask), Arc::new(AtomicU64::new(0)));
    let (start, busy) = (clock::now(), clock::on_core());
    let window = Window::of(plan.seconds);
    let mut connections = JoinSet::new();
    for _ in 0..plan.connections {
        let connection = Connection::open(target).await?;
        let (ask, count) = (ask.clone(), count.clone());
        connections.spawn(async move {
            let next = || ask(count.fetch_add(1, Ordering::Relaxed));
            drive(connection, window, plan.expected, next).await
        });
    }
    let mut answers = Answers::default();
    while let Some(done) = connections.join_next().await {
        answers.add(done??);
    }
    let end = clock::now();
    let asking = (clock::on_core() - busy).as_secs_f64() / (end - start).as_secs_f64();
    answers.load(end - window.begin, asking)
}

/// What one connection saw; and all of them, added.
#[derive(Default)]
struct Answers {
    times: Vec<Duration>,
    unexpected: usize,
    first: Option<(StatusCode, Bytes)>,
}

async fn drive(
    mut connection: Connection,
    window: Window,
    expected: StatusCode,
    next: impl Fn() -> Ask,
) -> Result<Answers> {
    let mut answers = Answers::default();
    loop {
        let start = clock::now();
        if start >= window.end {
            return Ok(answers);
        }
        let (status, mut body) = connection.send(next()).await?;
        if status == expected {
            while let Some(frame) = body.frame().await {
                frame?;
            }
        } else {
            answers.unexpected += 1;
            let text = body.collect().await?.to_bytes();
            answers.first.get_or_insert((status, text));
        }
        if start >= window.begin {
            answers.times.push(clock::now() - start);
        }
    }
}

impl Answers {
    fn add(&mut self, other: Self) {
        self.times.extend(other.times);
        self.unexpected += other.unexpected;
        self.first = self.first.take().or(other.first);
    }

    fn load(mut self, time: Duration, asking: f64) -> Result<Load> {
        if let Some((status, body)) = self.first {
            let (body, count) = (String::from_utf8_lossy(&body), self.unexpected);
            return Err(format!("{count} answers were not the expected, the first {status}: {body}").into());
        }
        self.times.sort_unstable();
        let at = |percent: usize| {
            self.times.get(self.times.len() * percent / 100).copied().ok_or("nothing was answered in time")
        };
        let per_second = self.times.len() as f64 / time.as_secs_f64();
        Ok(Load { per_second, p50: at(50)?, p99: at(99)?, asking })
    }
}

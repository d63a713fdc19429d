//! The run: worlds side by side, then one table.

use crate::{
    Result,
    args::Args,
    check::{self, Counts},
    clock, panics,
    process::output,
    report,
    rounds::{Deaths, Fleet},
    settle,
    world::{Kind, World},
    writer::{WRITERS, Writer},
};
use std::{
    path::{Path, PathBuf},
    process::{Command, ExitCode},
    sync::{Arc, PoisonError, atomic::Ordering},
    time::Duration,
};
use tokio::task::JoinSet;

/// Kills at any moment, in a small run.
const MOMENTS: usize = 4;

/// What came of a world.
pub struct Outcome {
    pub kind: Kind,
    pub counts: Counts,
    pub deaths: Deaths,
    pub repeats: u64,
    pub unwell: u64,
    pub faults: Vec<String>,
}

struct Plan {
    server: PathBuf,
    places: Vec<String>,
    /// How long to go on killing after each place had its turn.
    time: Option<Duration>,
    seed: u64,
    keep: bool,
}

/// Runs every world that was asked for.
pub async fn run(args: Args) -> Result<ExitCode> {
    let seed = args.seed.unwrap_or_else(clock::any_seed);
    println!("seed {seed}");
    let places = places(&args.server)?;
    let time = args.minutes.map(|minutes| Duration::from_secs_f64(minutes * 60.0));
    let plan = Arc::new(Plan { server: args.server.clone(), places, time, seed, keep: args.keep });
    let mut worlds = JoinSet::new();
    for (number, (kind, database)) in args.worlds()?.into_iter().enumerate() {
        worlds.spawn(live(Arc::clone(&plan), kind, database, seed.wrapping_add(number as u64 * 1000)));
    }
    let mut faults = panics::check(&args.server).await?;
    let mut outcomes = Vec::new();
    while let Some(outcome) = worlds.join_next().await {
        match outcome? {
            Ok(outcome) => outcomes.push(outcome),
            Err(why) => faults.push(why.to_string()),
        }
    }
    outcomes.sort_by_key(|outcome| outcome.kind as u8);
    let well = report::print(&plan.places, &outcomes, &faults);
    if !well {
        println!("the same choices again: cargo xtask chaos --seed {}", plan.seed);
    }
    Ok(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The program says itself where it can be killed.
fn places(server: &Path) -> Result<Vec<String>> {
    let said = output(Command::new(server).arg("failpoints"))?;
    Ok(said.lines().map(str::to_owned).collect())
}

/// One world, from its making to its judgement.
async fn live(plan: Arc<Plan>, kind: Kind, database: Option<String>, seed: u64) -> Result<Outcome> {
    let world = Arc::new(World::new(kind, &plan.server, (database, plan.keep), seed).await?);
    let told = |why: crate::Failure| format!("{}: {why}", kind.name());
    // What recurs is due at the very first start.
    if plan.keep {
        println!("{}: {}", kind.name(), world.home.path().display());
    }
    let mut fleet = Fleet::new(Arc::clone(&world), seed);
    let recurring = plan.places.iter().find(|place| place.starts_with("recurring."));
    if let Some(place) = recurring {
        fleet.kill_at(place).await.map_err(told)?;
    }
    fleet.start(None, 0).await.map_err(told)?;
    world.furnish().await.map_err(told)?;
    let writers: Vec<_> = (0..WRITERS)
        .map(|number| tokio::spawn(Writer::new(Arc::clone(&world), number, seed).write()))
        .collect();
    kill(&mut fleet, &plan, kind).await.map_err(told)?;
    fleet.start(None, 0).await.map_err(told)?;
    world.over.store(true, Ordering::Relaxed);
    for writer in writers {
        writer.await?;
    }
    world.receiver.calm();
    settle::settle(&world).await.map_err(told)?;
    let counts = check::check(&world).await.map_err(told)?;
    fleet.stop().await.map_err(told)?;
    check::at_rest(&world).map_err(told)?;
    let faults = world.faults.lock().unwrap_or_else(PoisonError::into_inner).clone();
    Ok(Outcome {
        kind,
        counts,
        deaths: std::mem::take(&mut fleet.deaths),
        repeats: world.repeats.load(Ordering::Relaxed),
        unwell: world.unwell.load(Ordering::Relaxed),
        faults,
    })
}

/// Every place in turn, then any moment; where there are several, one is stopped for a while.
async fn kill(fleet: &mut Fleet, plan: &Plan, kind: Kind) -> Result {
    let end = plan.time.map(|time| clock::now() + time);
    loop {
        for place in plan.places.iter().filter(|place| end.is_some() || !place.starts_with("recurring.")) {
            fleet.kill_at(place).await?;
        }
        fleet.start(None, 0).await?;
        for _ in 0..MOMENTS {
            fleet.kill_any().await?;
        }
        if kind != Kind::Sqlite {
            fleet.stop_one().await?;
        }
        if end.is_none_or(|end| clock::now() >= end) {
            return Ok(());
        }
    }
}

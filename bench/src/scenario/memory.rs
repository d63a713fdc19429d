//! Resident memory: idle after a start on filled data, and after everything that was asked.

use super::{Stage, rival::against};
use crate::{
    Result, clock,
    report::{Figure, Goal, Line, Unit},
    server::Running,
};
use std::time::Duration;

/// Memory of a server that has started and had a moment.
pub fn idle(server: &Running) -> Result<Figure> {
    clock::pause(Duration::from_secs(1));
    now(server)
}

/// Memory at this moment.
pub fn now(server: &Running) -> Result<Figure> {
    Ok(Figure(server.memory("VmRSS")?, Unit::Mebibytes))
}

/// Both, once everything else was run.
pub fn run(stage: &Stage<'_>, idle: Figure) -> Result<Vec<Line>> {
    let line = |what, ours, other, most| against(stage.line(what, ours), other).goal(Goal::RatioAtMost(most));
    Ok(vec![
        line("memory, idle", idle, stage.rival.idle, 0.5),
        line("memory, after the run", now(stage.server)?, stage.rival.after, 0.25),
    ])
}

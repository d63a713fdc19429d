//! One contact at a time, while an export, a filter of many hits and an import run beside it.

use super::{Stage, filters, reading, reads};
use crate::{
    Result,
    http::{Ask, Connection, Target},
    load, people,
    report::{Figure, Goal, Line},
    seed,
};
use std::{
    process::{Child, Stdio},
    sync::Arc,
};

/// The slowest of a hundred answers.
pub async fn run(stage: &Stage<'_>) -> Result<Vec<Line>> {
    let ids = Arc::new(seed::our_ids(&stage.installation.database_url).await?);
    let one = move |n| Ask::get(format!("/api/v1/contacts/{}", reads::some(&ids, n)));
    let file = stage.installation.path("beside.csv");
    people::write_csv(&file, (stage.contacts / 2).max(50_000))?;
    let (export, import) = (stage.installation.path("out.csv"), file.display().to_string());
    let mut programs = [
        Running::start(stage, &["export", "contacts", "--to", &export.display().to_string()])?,
        Running::start(stage, &["import", "contacts", &import])?,
    ];
    let filter = tokio::spawn(ask_for_ever(stage.server.target()));
    let load = load::run(&stage.server.target(), reading(stage.run, 1), one).await?;
    let still = !filter.is_finished() && programs.iter_mut().all(Running::is_well);
    filter.abort();
    drop(programs);
    if !still {
        return Err("the export, the filter or the import ended in an error".into());
    }
    let p99 = stage.line("get one beside all that, p99", Figure::time(load.p99));
    Ok(vec![p99.goal(Goal::AtMost(20.0))])
}

async fn ask_for_ever(target: Target) -> Result {
    let mut connection = Connection::open(&target).await?;
    for n in 0.. {
        connection.ask(Ask::get(filters::name_of_many(n))).await?;
    }
    Ok(())
}

/// A program of ours that goes on beside the load, and ends with it.
struct Running(Child);

impl Running {
    fn start(stage: &Stage<'_>, words: &[&str]) -> Result<Self> {
        let program = stage.installation.program("g8");
        let mut command = stage.installation.connected(program, stage.server);
        Ok(Self(command.args(words).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?))
    }

    /// Runs, or has done what it was to do.
    fn is_well(&mut self) -> bool {
        self.0.try_wait().is_ok_and(|ended| ended.is_none_or(|status| status.success()))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

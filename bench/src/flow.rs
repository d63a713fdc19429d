//! The order of a run: per size PocketBase, then ours on each engine, each alone on the machine.

use crate::{
    Result,
    args::{Engine, Run, Scenario},
    machine,
    report::Report,
    scenario::{
        Stage, assistants, beside, creates, deliveries,
        filters::{self, Taken},
        import, limits, memory, reads, revocation,
        rival::{self, Rival},
        starts,
    },
    server::ours::Installation,
};
use std::process::ExitCode;

/// Measures what was asked for, and prints the table.
pub async fn run(run: &Run) -> Result<ExitCode> {
    let (mut report, mut taken, busy) = (Report::default(), Vec::new(), machine::busy());
    for &contacts in &run.contacts {
        if run.wants(Scenario::Deliveries) {
            for &engine in &run.engine {
                eprintln!("{}, {contacts} deliveries", engine.name());
                report.take("deliveries", deliveries::run(run, engine, contacts).await);
            }
        }
        if run.only.iter().all(|only| matches!(only, Scenario::Starts | Scenario::Deliveries))
            && !run.only.is_empty()
        {
            continue;
        }
        let rival = rival::measure(run, contacts).await.unwrap_or_else(|cause| {
            report.fail(&format!("{} {contacts}", rival::NAME), &cause.to_string());
            Rival::default()
        });
        for &engine in &run.engine {
            let filled = filled(run, engine, contacts, &rival, &mut report, &mut taken).await;
            if let Err(cause) = filled {
                report.fail(&format!("{} {contacts}", engine.name()), &cause.to_string());
            }
        }
    }
    report.take("filters", Ok(filters::lines(&taken)));
    if run.wants(Scenario::Starts) {
        eprintln!("starts");
        if let Err(cause) = starts::run(run, &mut report).await {
            report.fail("starts", &cause.to_string());
        }
    }
    let about = [format!("{}; {busy}", machine::line()), machine::versions(run), rival::ABOUT.to_owned()];
    report.print(&about);
    if let Some(file) = &run.json {
        report.write_json(file, &about)?;
    }
    Ok(if report.is_whole() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Everything about one engine at one size, on one installation.
async fn filled(
    run: &Run,
    engine: Engine,
    contacts: u64,
    rival: &Rival,
    report: &mut Report,
    taken: &mut Vec<Taken>,
) -> Result {
    eprintln!("{}, {contacts} contacts", engine.name());
    let installation = Installation::new(run, engine, &format!("bench_{contacts}")).await?;
    installation.configure(limits::PLAN)?;
    report.take("import", Ok(import::run(run, engine, contacts, &installation)?));
    installation.settle().await?;
    // A new process: what the import took is not what serving takes.
    let server = installation.serve()?;
    let idle = memory::idle(&server)?;
    let stage = Stage { run, engine, contacts, installation: &installation, server: &server, rival };
    if run.wants(Scenario::Reads) {
        report.take("reads", reads::run(&stage).await);
    }
    if run.wants(Scenario::Assistants) {
        report.take("assistants", assistants::run(&stage).await);
    }
    if run.wants(Scenario::Limits) {
        report.take("limits", limits::run(&stage).await);
    }
    if run.wants(Scenario::Revocation) && engine == Engine::Postgres {
        report.take("revocation", revocation::run(&stage).await);
    }
    if run.wants(Scenario::Filters) {
        match filters::run(&stage).await {
            Ok(more) => taken.extend(more),
            Err(cause) => report.fail("filters", &cause.to_string()),
        }
    }
    if run.wants(Scenario::Creates) {
        report.take("creates", creates::run(&stage).await);
    }
    if run.wants(Scenario::Beside) {
        report.take("beside", beside::run(&stage).await);
    }
    if run.wants(Scenario::Memory) {
        report.take("memory", memory::run(&stage, idle));
    }
    server.stop()
}

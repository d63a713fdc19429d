//! A CSV file through `g8 import contacts`, on an empty installation. The other scenarios use what it leaves.

use crate::{
    Result,
    args::{Engine, Run, Scenario},
    clock, people,
    report::{Figure, Goal, Line, Unit},
    server::{ours::Installation, output},
};
use serde_json::Value;

/// Rows each second, and the server's memory at its highest.
pub fn run(run: &Run, engine: Engine, contacts: u64, installation: &Installation) -> Result<Vec<Line>> {
    let file = installation.path("people.csv");
    people::write_csv(&file, contacts)?;
    let server = installation.serve()?;
    let mut import = installation.connected(installation.program("g8"), &server);
    import.args(["import", "contacts"]).arg(&file).arg("--json");
    let start = clock::now();
    let said: Value = serde_json::from_str(&output(&mut import)?)?;
    let time = clock::now() - start;
    let peak = server.memory("VmHWM")?;
    server.stop()?;
    std::fs::remove_file(&file)?;
    if said["created"] != contacts {
        return Err(format!("the import of {contacts} created {}", said["created"]).into());
    }
    if !run.wants(Scenario::Import) {
        return Ok(Vec::new());
    }
    let rows = Figure(contacts as f64 / time.as_secs_f64(), Unit::PerSecond);
    let rows = Line::new("import, rows", rows).at(engine.name(), contacts);
    let peak = Line::new("import, peak memory", Figure(peak, Unit::Mebibytes)).at(engine.name(), contacts);
    let least = if engine == Engine::Sqlite { 25_000.0 } else { 15_000.0 };
    Ok(vec![rows.goal(Goal::AtLeast(least)), peak.goal(Goal::AtMost(150.0))])
}

//! Killing servers: g8-chaos, and what it needs.

use crate::{
    Result,
    postgres::{Durability, Postgres},
    run::{command, must, target},
};
use std::{fs, path::PathBuf};

const FEATURE: [&str; 4] = ["--package", "g8-http-server", "--features", "failpoints"];

/// Builds what is needed and kills; `args` are g8-chaos's.
pub fn run(args: &[&str]) -> Result {
    run_on(args, None)
}

/// The same on a PostgreSQL that runs already.
pub fn run_on(args: &[&str], postgres: Option<&Postgres>) -> Result {
    let server = server()?;
    must(&mut command("cargo", &["build", "--quiet", "--package", "g8-chaos"]))?;
    let mut chaos = command(target().join("debug/g8-chaos"), args);
    chaos.arg("--server").arg(&server);
    let own = if postgres.is_none() { Some(Postgres::start(Durability::Lost)?) } else { None };
    if let Some(postgres) = postgres.or(own.as_ref()) {
        let databases = [postgres.create("chaos_workers")?, postgres.create("chaos_servers")?];
        chaos.args(["--postgres", &databases.join(",")]);
    }
    must(&mut chaos)
}

/// The server that can be killed at named places, in a folder of its own. It is moved there, so that nobody
/// takes it for the ordinary one: the next build puts that back in its place.
fn server() -> Result<PathBuf> {
    must(&mut command("cargo", &[&["build", "--quiet"], &FEATURE[..]].concat()))?;
    let (built, folder) = (target().join("debug/g8-server"), target().join("chaos"));
    let moved = folder.join("g8-server");
    // A file that is moved onto another name of itself stays where it was.
    let _ = fs::remove_file(&moved);
    fs::create_dir_all(&folder)
        .and_then(|()| fs::rename(&built, &moved))
        .map_err(|cause| format!("{}: {cause}", built.display()))?;
    Ok(moved)
}

/// Fails if an ordinary build of the server knows any of those places.
pub fn check_absence() -> Result {
    let (places, ordinary) = (["commit.before", "G8_FAILPOINT"], target().join("debug/g8-server"));
    let program = fs::read(&ordinary).map_err(|cause| format!("{}: {cause}", ordinary.display()))?;
    let known = |place: &&str| program.windows(place.len()).any(|part| part == place.as_bytes());
    match places.iter().find(|place| known(place)) {
        Some(place) => Err(format!("{} knows {place}: it was built to be killed", ordinary.display())),
        None => Ok(()),
    }
}

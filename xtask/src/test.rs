//! Everything CI checks, in the order in which it fails fastest.

mod browser;
mod outside;
pub mod scaffold;

use crate::{
    Result, chaos,
    postgres::{Durability, Postgres},
    run::{command, install, must, output, root},
    samples, tidy,
};
use std::process::Command;

/// Everything.
pub fn all() -> Result {
    step("format");
    must(&mut command("cargo", &["fmt", "--all", "--check"]))?;
    step("tidy");
    tidy::check()?;
    samples::check()?;
    step("lints");
    must(&mut command(
        "cargo",
        &["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"],
    ))?;
    step("docs");
    let docs = ["doc", "--workspace", "--no-deps", "--quiet"];
    must(command("cargo", &docs).env("RUSTDOCFLAGS", "-D warnings"))?;
    let postgres = Postgres::start(Durability::Lost)?;
    tests(&postgres)?;
    step("a new area");
    scaffold::check(&postgres)?;
    step("outside clients");
    outside::check(&postgres)?;
    step("browser");
    browser::walk(&root().join("target/browser"), &[])?;
    step("chaos");
    chaos::check_absence()?;
    chaos::run_on(&[], Some(&postgres))
}

/// The Rust tests only.
pub fn quick() -> Result {
    tests(&Postgres::start(Durability::Lost)?)
}

/// A new area only.
pub fn scaffold() -> Result {
    scaffold::check(&Postgres::start(Durability::Lost)?)
}

/// What others test MCP with, on what is built.
pub fn assistants() -> Result {
    must(&mut command("cargo", &["build", "--workspace", "--bins", "--quiet"]))?;
    outside::assistants()
}

/// The walks in a browser only; their pictures are those of the documentation.
pub fn walks(args: &[&str]) -> Result {
    must(&mut command("cargo", &["build", "--workspace", "--bins", "--quiet"]))?;
    browser::walk(&root().join("docs/images"), args)
}

fn tests(postgres: &Postgres) -> Result {
    step("tests on SQLite and PostgreSQL");
    // The authority that certifies servers by ACME in the tests.
    if output(&mut command("pebble", &["-h"])).is_err() {
        install(&["pebble"])?;
    }
    // The end-to-end tests start the programs; build them before, as they will be run.
    must(&mut command("cargo", &["build", "--workspace", "--bins", "--quiet"]))?;
    must(with_server(&mut command("cargo", &["test", "--workspace"]), postgres))
}

fn with_server<'c>(command: &'c mut Command, postgres: &Postgres) -> &'c mut Command {
    command.env("G8_TEST_POSTGRES", postgres.url())
}

fn step(name: &str) {
    println!("== {name}");
}

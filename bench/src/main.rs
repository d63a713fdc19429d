//! `cargo xtask bench`: one table of ratios from one run.
//!
//! A scenario is a file under `scenario/` that gives lines for the table; `flow` says in which order
//! they run and on which data. Timings are never asserted: a goal that is missed is a line that says so.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command of the repository talks to its developer"
)]

mod args;
mod bare;
mod clock;
mod flow;
mod http;
mod load;
mod machine;
mod people;
mod receiver;
mod report;
mod scenario;
mod seed;
mod server;

use args::{Args, Command};
use clap::Parser;
use std::process::ExitCode;

type Failure = Box<dyn std::error::Error + Send + Sync>;
type Result<T = (), E = Failure> = std::result::Result<T, E>;

fn main() -> ExitCode {
    let done = match Args::parse().command {
        // One thread makes the load, so that the servers have the other cores.
        Command::Run(run) => block_on(tokio::runtime::Builder::new_current_thread(), flow::run(&run)),
        Command::ServeBare(bare) => {
            block_on(tokio::runtime::Builder::new_multi_thread(), bare::serve(&bare.database_url))
        }
    };
    done.unwrap_or_else(|cause| {
        eprintln!("g8-bench: {cause}");
        ExitCode::FAILURE
    })
}

fn block_on(
    mut runtime: tokio::runtime::Builder,
    work: impl Future<Output = Result<ExitCode>>,
) -> Result<ExitCode> {
    runtime.enable_all().build()?.block_on(work)
}

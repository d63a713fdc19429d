//! `cargo xtask chaos`: proof that no acknowledged write is lost or done twice, that every event arrives,
//! rightly signed, and that no job is written to by two workers, whatever is killed.
//!
//! A [`world`] is an installation of its own, with writers who repeat a request until it is answered and a
//! receiver of webhooks. [`rounds`] kills its servers at every named place and at any moment; [`check`] then
//! reads the interface and the receiver's file, and compares them with what was acknowledged.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command of the repository talks to its developer"
)]

mod args;
mod check;
mod clock;
mod flow;
mod http;
mod ledger;
mod panics;
mod process;
mod receiver;
mod report;
mod rounds;
mod settle;
mod world;
mod writer;

use args::Args;
use clap::Parser;
use std::process::ExitCode;

type Failure = Box<dyn std::error::Error + Send + Sync>;
type Result<T = (), E = Failure> = std::result::Result<T, E>;

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let done = runtime.map_err(Failure::from).and_then(|runtime| runtime.block_on(flow::run(Args::parse())));
    done.unwrap_or_else(|cause| {
        eprintln!("g8-chaos: {cause}");
        ExitCode::FAILURE
    })
}

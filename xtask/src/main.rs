//! The repository's own commands: `cargo xtask test`, `tidy`, `samples`.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command of the repository talks to its developer"
)]

mod run;
mod samples;
mod test;
mod tidy;

use std::process::ExitCode;

type Result<T = (), E = String> = std::result::Result<T, E>;

const USAGE: &str = "\
cargo xtask test              everything CI checks; what a machine lacks is installed or named
cargo xtask test quick        the Rust tests only, on both engines
cargo xtask tidy              the arrows between crates, sizes, licences
cargo xtask samples [--check] write docs/samples, or check that it is what the generator writes";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["test"] => test::all(),
        ["test", "quick"] => test::quick(),
        ["tidy"] => tidy::check(),
        ["samples"] => samples::write(),
        ["samples", "--check"] => samples::check(),
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

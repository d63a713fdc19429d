//! The repository's own commands: `cargo xtask test`, `tidy`, `new`, `samples`, `bench`, `chaos`.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command of the repository talks to its developer"
)]

mod bench;
mod chaos;
mod figures;
mod new;
mod node;
mod postgres;
mod python;
mod run;
mod samples;
mod test;
mod tidy;

use std::process::ExitCode;

type Result<T = (), E = String> = std::result::Result<T, E>;

const USAGE: &str = "\
cargo xtask test              everything CI checks; what a machine lacks is installed or named
cargo xtask test quick        the Rust tests only, on both engines
cargo xtask test scaffold     a new area in a copy of the repository: made, compiled, tested
cargo xtask test assistants   MCP only: the conformance suite, and the Inspector on the real tools
cargo xtask test walks        the console in a browser only; writes docs/images; also [--only NAME]
cargo xtask tidy              the arrows between crates, sizes, licences
cargo xtask new               a new area, or a new operation of one
cargo xtask figures           how the house is built: what an area touches, circles, code, sizes
cargo xtask samples [--check] write docs/samples, or check that it is what the generator writes
cargo xtask bench             ratios to bare axum, PocketBase and the published client, as one table; also
                              [--contacts 10000,1000000] [--engine sqlite,postgres] [--seconds 5]
                              [--only import,reads,assistants,filters,creates,deliveries,memory,starts] [--json FILE]
cargo xtask chaos             kills servers at named places and any moment, and checks what they promised; also
                              [--minutes N] [--seed S] [--engine sqlite,postgres] [--keep]";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["test"] => test::all(),
        ["test", "quick"] => test::quick(),
        ["test", "scaffold"] => test::scaffold(),
        ["test", "assistants"] => test::assistants(),
        ["test", "walks", args @ ..] => test::walks(args),
        ["tidy"] => tidy::check(),
        ["samples"] => samples::write(),
        ["samples", "--check"] => samples::check(),
        ["figures"] => figures::print(),
        ["new", args @ ..] => new::run(args),
        ["bench", args @ ..] => bench::run(args),
        ["chaos", args @ ..] => chaos::run(args),
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

//! `g8`: every operation as a command, and what only a command line has: signing in, importing and exporting files,
//! completions.

mod account;
mod browser;
mod doctor;
mod error;
mod export;
mod import;
mod listen;
mod place;
mod program;
mod transfer;

use g8_core::Registry;
use g8_doors::cli::Cli;
use g8_product::AREAS;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::new(Registry::new(AREAS).operations());
    let matches = program::command(&cli).get_matches();
    match program::run(&cli, &matches).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            error::say_error(&failure);
            ExitCode::from(failure.exit_code())
        }
    }
}

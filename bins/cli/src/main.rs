//! `g8`: every operation as a command, and what only a command line has: signing in, importing and exporting files,
//! completions.

mod account;
mod browser;
mod doctor;
mod export;
mod import;
mod listen;
mod program;
mod transfer;

use g8_client::{Connection, ConnectionTarget};
use g8_config::{Overrides, Settings};
use g8_core::Registry;
use g8_doors::cli::{Cli, exit_code};
use g8_product::AREAS;
use program::Failure;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::new(Registry::new(AREAS).operations());
    let matches = program::command(&cli).get_matches();
    match program::run(&cli, &matches).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            program::say_error(&failure);
            ExitCode::from(failure.exit_code())
        }
    }
}

/// The place to work in: a server, or the embedded database.
async fn connect(place: &ConnectionTarget) -> Result<Connection, Failure> {
    Connection::open(place, &settings()?, AREAS, "cli").await.map_err(Failure::local)
}

fn settings() -> Result<Settings, Failure> {
    let flags = Overrides::from_environment().map_err(Failure::local)?;
    Settings::load(flags, None).map_err(Failure::local)
}

impl Failure {
    fn exit_code(&self) -> u8 {
        match self {
            Self::Operation(error) => exit_code(error),
            Self::Usage(_) => 2,
            Self::Local(_) => 1,
        }
    }
}

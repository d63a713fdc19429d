//! `g8-server`: serves the product over HTTP, and administers an installation.

mod admin;
mod args;
mod backup;
mod doctor;
mod listen;
mod secrets;
mod serve;
mod stop;
mod terminal;
mod tls;
mod welcome;

use args::{Command, ServerArgs};
use clap::Parser;
use g8_config::Settings;
use std::process::ExitCode;
use terminal::{Failure, say_error};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    match run(ServerArgs::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            say_error(&failure);
            ExitCode::FAILURE
        }
    }
}

async fn run(args: ServerArgs) -> Result<(), Failure> {
    #[cfg(feature = "failpoints")]
    g8_core::points::arm()?;
    let settings = Settings::load(args.settings, args.config.as_deref());
    if let Some(Command::Doctor { json }) = args.command {
        return doctor::run(settings, json).await;
    }
    let settings = settings?;
    match args.command.unwrap_or(Command::Serve) {
        Command::Serve => serve::serve(&settings, !args.no_workers).await,
        Command::Worker => serve::work(&settings).await,
        Command::Backup { file } => backup::make(&settings, &file).await,
        Command::Restore { file, replace } => backup::restore(&settings, &file, replace).await,
        command => admin::run(command, &settings).await,
    }
}

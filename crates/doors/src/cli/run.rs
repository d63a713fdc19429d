//! Running a command: result on standard output, everything else on standard error.

use super::{Cli, Output};
use clap::ArgMatches;
use g8_core::Backend;
use g8_domain::{Error, ErrorKind};
use std::io;

/// What the shell hears: 0 done, 1 error, 2 usage, 4 authentication.
#[must_use]
pub fn exit_code(error: &Error) -> u8 {
    match error.kind {
        ErrorKind::Invalid => 2,
        ErrorKind::Unauthorized => 4,
        _ => 1,
    }
}

/// Runs the command `name` and prints its result.
///
/// # Errors
/// No such command; whatever the operation says.
pub async fn run<B: Backend>(
    cli: &Cli,
    backend: &B,
    (name, matches): (&str, &ArgMatches),
    output: &Output,
) -> Result<(), Error> {
    let found = cli.find(name, matches);
    let (entry, matches) = found.ok_or_else(|| Error::field("", format!("There is no command {name}")))?;
    let value = entry.run(backend, matches).await?;
    match output.print(&value) {
        // Whoever reads has read enough, as `head` does.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        printed => printed.map_err(Error::internal),
    }
}

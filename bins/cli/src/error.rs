//! Why a command did not do it, and how it ends then.

use g8_domain::Error;
use g8_doors::cli::exit_code;
use std::{
    fmt::{self, Display},
    io::{self, Write},
};

/// Why a command did not do it.
#[derive(Debug)]
pub enum CliError {
    /// An operation refused.
    Operation(Error),
    /// The command line makes no sense.
    Usage(String),
    /// Something on this machine.
    Local(String),
}

impl CliError {
    pub fn local(cause: impl Display) -> Self {
        Self::Local(cause.to_string())
    }
}

impl From<Error> for CliError {
    fn from(error: Error) -> Self {
        Self::Operation(error)
    }
}

impl From<io::Error> for CliError {
    fn from(error: io::Error) -> Self {
        Self::local(error)
    }
}

impl Display for CliError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Operation(error) => {
                write!(f, "{error}")?;
                error.request_id.as_ref().map_or(Ok(()), |id| write!(f, " ({id})"))
            }
            Self::Usage(why) | Self::Local(why) => f.write_str(why),
        }
    }
}

impl CliError {
    /// The exit code of the program.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Operation(error) => exit_code(error),
            Self::Usage(_) => 2,
            Self::Local(_) => 1,
        }
    }
}

/// One line on standard error.
pub fn say_error(failure: &CliError) {
    let _ = writeln!(io::stderr(), "Error: {failure}");
}

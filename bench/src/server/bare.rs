//! The bare server, which is this program: see `crate::bare`.

use super::{Running, ours::Installation};
use crate::Result;
use std::{env, process::Command};

/// Starts it on the data of an installation.
pub fn serve(on: &Installation) -> Result<Running> {
    let mut command = Command::new(env::current_exe()?);
    command.args(["serve-bare", "--database-url", &on.database_url]);
    Running::start(&mut command, &on.path("bare.log"), "ready at ", None)
}

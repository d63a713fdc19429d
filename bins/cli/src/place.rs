//! Where commands work.

use crate::error::CliError;
use g8_client::{Connection, ConnectionTarget};
use g8_config::{Overrides, Settings};
use g8_product::AREAS;

/// The place to work in: a server, or the embedded database.
pub async fn connect(place: &ConnectionTarget) -> Result<Connection, CliError> {
    Connection::open(place, &settings()?, AREAS, "cli").await.map_err(CliError::local)
}

/// The settings of this machine.
pub fn settings() -> Result<Settings, CliError> {
    let flags = Overrides::from_environment().map_err(CliError::local)?;
    Settings::load(flags, None).map_err(CliError::local)
}

//! The mail server for the installation's own messages.

use crate::Secret;
use serde::{Deserialize, Deserializer};

/// The mail server for the installation's own messages.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailSettings {
    /// Where it is, with user and password.
    #[serde(deserialize_with = "secret")]
    pub url: Secret,
    /// Who writes, as `g8 <g8@example.com>`.
    pub from: String,
}

fn secret<'de, D: Deserializer<'de>>(from: D) -> Result<Secret, D::Error> {
    String::deserialize(from).map(Secret)
}

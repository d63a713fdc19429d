//! Who people are elsewhere: an identity provider that signs them in.

use crate::Secret;
use g8_domain::record::Role;
use serde::{Deserialize, Deserializer};

/// An OpenID Connect provider.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OidcSettings {
    /// Where it is; its documents are found below.
    pub issuer: String,
    /// What it knows this server by.
    pub client_id: String,
    /// What this server proves that with.
    #[serde(deserialize_with = "secret")]
    pub client_secret: Secret,
    /// What people call it: it stands on the button.
    #[serde(default = "name")]
    pub name: String,
    /// Domains whose verified addresses join by themselves; others must be invited.
    #[serde(default)]
    pub join_domains: Vec<String>,
    /// What who joins by themselves is.
    #[serde(default = "role")]
    pub join_role: Role,
}

fn name() -> String {
    "single sign-on".to_owned()
}

fn role() -> Role {
    Role::Member
}

fn secret<'de, D: Deserializer<'de>>(from: D) -> Result<Secret, D::Error> {
    String::deserialize(from).map(Secret)
}

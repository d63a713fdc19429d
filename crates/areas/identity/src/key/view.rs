//! A key as callers see it.

use g8_auth::Token;
use g8_domain::{
    Ts,
    record::{Key, KeyKind, KeyMode},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A key without its secret. Times are unix seconds, as published; the `_iso` twins are RFC 3339.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct KeyView {
    pub id: Uuid,
    /// The same as `id`
    pub api_key_id: Uuid,
    pub organization_id: Uuid,
    pub name: String,
    pub kind: KeyKind,
    /// The user of a personal key
    pub user_id: Option<Uuid>,
    pub mode: KeyMode,
    /// First characters of the key; safe to show
    pub key_prefix: String,
    pub scopes: Vec<String>,
    /// The areas the scopes were chosen by
    pub areas: Vec<String>,
    pub is_agency: bool,
    /// The rate-limit plan of the key's own, below its organization's
    pub plan: Option<String>,
    /// Unix seconds
    pub created_at: i64,
    /// Unix seconds, to the minute; null if never used
    pub last_used_at: Option<i64>,
    /// Unix seconds; null for never
    pub expires_at: Option<i64>,
    pub created_at_iso: Ts,
    pub last_used_at_iso: Option<Ts>,
    pub expires_at_iso: Option<Ts>,
}

impl From<Key> for KeyView {
    fn from(key: Key) -> Self {
        Self {
            id: key.id,
            api_key_id: key.id,
            organization_id: key.org_id,
            kind: key.kind(),
            name: key.name,
            user_id: key.user_id,
            mode: key.mode,
            key_prefix: key.key_prefix,
            scopes: key.scopes.names(),
            areas: key.areas,
            is_agency: false,
            plan: key.plan,
            created_at: key.created_at.unix_seconds(),
            last_used_at: key.last_used_at.map(Ts::unix_seconds),
            expires_at: key.expires_at.map(Ts::unix_seconds),
            created_at_iso: key.created_at,
            last_used_at_iso: key.last_used_at,
            expires_at_iso: key.expires_at,
        }
    }
}

/// A new key with its secret: shown in this answer and never again.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct NewKeyView {
    /// The key.
    #[serde(flatten)]
    pub key: KeyView,
    /// The secret. Store it now; it cannot be shown again
    pub api_key_token: String,
    /// The same as `api_key_token`
    pub token: String,
}

impl From<(Key, Token)> for NewKeyView {
    fn from((key, token): (Key, Token)) -> Self {
        let secret = token.reveal().to_owned();
        Self { key: key.into(), api_key_token: secret.clone(), token: secret }
    }
}

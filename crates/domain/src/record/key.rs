//! What callers act through, without its secret: that is shown once and kept nowhere.

use super::words;
use crate::{Scopes, Ts};
use uuid::Uuid;

words! {
    /// Whose key it is.
    KeyKind {
        /// The organisation's: for shared integrations.
        Org = "org",
        /// One user's; it dies with the membership.
        Personal = "personal",
    }
}

words! {
    /// What a caller acts through. All are kept in one place, so that whatever was done is known by whom.
    Via {
        /// An API key.
        Key = "key",
        /// A person's browser.
        Session = "session",
        /// An assistant that a person has let in (OAuth).
        Assistant = "assistant",
    }
}

words! {
    /// Whether a key works on real data. Stored with the key; the token's prefix is only a label.
    KeyMode {
        /// Real data.
        Live = "live",
        /// Marked as a test key.
        Test = "test",
    }
}

/// A key as stored; a browser's session and a person's assistant are keys of their own sort.
#[derive(Debug, Clone, PartialEq)]
pub struct Key {
    pub id: Uuid,
    pub org_id: Uuid,
    /// What it is.
    pub via: Via,
    /// The user of a personal key, of a session, of an assistant.
    pub user_id: Option<Uuid>,
    /// What people call it; the browser of a session, the program of an assistant.
    pub name: String,
    pub mode: KeyMode,
    /// The token's first characters; safe to show.
    pub key_prefix: String,
    /// Keyed hash of the token.
    pub digest: Vec<u8>,
    pub scopes: Scopes,
    /// The areas the scopes were chosen by, for display.
    pub areas: Vec<String>,
    /// A plan below the organisation's.
    pub plan: Option<String>,
    pub created_at: Ts,
    pub expires_at: Option<Ts>,
    pub last_used_at: Option<Ts>,
    pub revoked_at: Option<Ts>,
}

impl Key {
    /// Whose key it is.
    #[must_use]
    pub fn kind(&self) -> KeyKind {
        if self.user_id.is_some() { KeyKind::Personal } else { KeyKind::Org }
    }
}

//! What a backup says about itself.

use super::{Result, refused};
use g8_domain::Ts;
use g8_storage::snapshot::{Content, Engine, newest_migration};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const FORMAT: &str = "g8-backup";
const VERSION: u32 = 1;

/// What a backup says about itself.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Manifest {
    /// Always `g8-backup`.
    pub format: String,
    /// The form of the file; a newer one is refused.
    pub format_version: u32,
    /// `sqlite` or `postgres`.
    pub engine: String,
    /// The release that made it.
    pub g8_version: String,
    /// When.
    pub made_at: Ts,
    /// The newest migration of the database.
    pub migration: i64,
    /// Rows by table.
    pub rows: BTreeMap<String, i64>,
    /// Bytes of the copy.
    pub bytes: u64,
    /// SHA-256 of the copy, in hexadecimal.
    pub sha256: String,
    /// Says whether a secret key is the one that the database's API keys were made under. It is a
    /// digest of which nobody can make a key.
    pub secret_key_mark: Option<String>,
}

impl Manifest {
    pub(super) fn new(engine: Engine, content: Content, made_at: Ts) -> Self {
        Self {
            format: FORMAT.to_owned(),
            format_version: VERSION,
            engine: engine.word().to_owned(),
            g8_version: env!("CARGO_PKG_VERSION").to_owned(),
            made_at,
            migration: content.migration,
            rows: content.rows,
            bytes: 0,
            sha256: String::new(),
            secret_key_mark: None,
        }
    }

    /// What the database held.
    pub(super) fn content(&self) -> Content {
        Content { migration: self.migration, rows: self.rows.clone() }
    }

    /// Refuses what this program, or a database on `engine`, cannot take.
    pub(super) fn suits(&self, engine: Engine) -> Result<()> {
        if self.format != FORMAT || self.format_version > VERSION {
            return refused("the backup is of a newer form; restore it with the release that made it");
        }
        if self.engine != engine.word() {
            return refused(format!(
                "the backup was made on {} and this database is on {}; name one of the same kind by --database-url",
                self.engine,
                engine.word()
            ));
        }
        if self.migration > newest_migration() {
            return refused(format!(
                "the backup is of release {} and has migration {}; restore it with that release or a newer one",
                self.g8_version, self.migration
            ));
        }
        Ok(())
    }
}

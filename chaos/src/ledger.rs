//! Every write that was acknowledged, in memory and on disk.

use crate::Result;
use serde::Serialize;
use std::{
    fs::File,
    io::Write as _,
    path::Path,
    sync::{Mutex, PoisonError},
};

/// Something that a server said it had done.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum Write {
    /// A contact was made, on a list or on none.
    Contact { id: i64, email: String, list: Option<i64> },
    /// A company was made.
    Company { id: i64, domain: String },
    /// A contact was changed; `sends` is how often that was asked.
    Update { contact: i64, title: String, sends: u64 },
    /// Contacts were put on a list.
    Joined { list: i64, contacts: Vec<i64> },
    /// A file was taken in, to be imported.
    Import { id: String, emails: Vec<String> },
}

/// What was acknowledged.
pub struct Ledger {
    file: Mutex<(File, Vec<Write>)>,
}

impl Ledger {
    /// An empty one.
    pub fn new(path: &Path) -> Result<Self> {
        Ok(Self { file: Mutex::new((File::create(path)?, Vec::new())) })
    }

    /// Notes an answer.
    pub fn note(&self, write: Write) -> Result {
        let line = serde_json::to_string(&write)? + "\n";
        let mut held = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        held.0.write_all(line.as_bytes())?;
        held.1.push(write);
        Ok(())
    }

    /// Everything that was acknowledged, in order.
    pub fn all(&self) -> Vec<Write> {
        self.file.lock().unwrap_or_else(PoisonError::into_inner).1.clone()
    }
}

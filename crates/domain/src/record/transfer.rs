//! Files that come in and go out.

use super::{Subject, words};
use crate::Ts;
use serde_json::Value;
use uuid::Uuid;

words! {
    /// How a file is written.
    FileFormat {
        /// Comma, semicolon or tab separated, with a line of column names.
        Csv = "csv",
        /// A JSON object a line.
        Jsonl = "jsonl",
        /// vCard 2.1 to 4.0.
        Vcard = "vcard",
    }
}

words! {
    /// Where an import or export stands.
    TransferState {
        /// For its file.
        Waiting = "waiting",
        /// For a worker.
        Queued = "queued",
        /// Being done.
        Running = "running",
        /// Done.
        Completed = "completed",
        /// Ended by a fault of the file; the rows before it count.
        Failed = "failed",
        /// Ended by its maker; the rows before that count.
        Cancelled = "cancelled",
    }
}

impl TransferState {
    /// Whether nothing more will happen.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(self, Self::Completed | Self::Failed | Self::Cancelled)
    }
}

/// An import as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Import {
    pub id: Uuid,
    pub org_id: Uuid,
    pub subject: Subject,
    pub format: FileFormat,
    pub state: TransferState,
    pub file_name: Option<String>,
    pub file_id: Option<Uuid>,
    /// Pairs of a column's name and the field it goes into, where the caller said so.
    pub told: Value,
    /// The columns as they were understood.
    pub mapping: Option<Value>,
    pub list_id: Option<i64>,
    /// 1 when nothing is to be written.
    pub dry_run: i64,
    pub progress: ImportProgress,
    pub error: Option<String>,
    pub key_id: Uuid,
    pub author: String,
    pub created_at: Ts,
    pub finished_at: Option<Ts>,
}

/// How far an import is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ImportProgress {
    pub bytes_total: i64,
    pub bytes_read: i64,
    pub rows_read: i64,
    pub created: i64,
    pub updated: i64,
    pub unchanged: i64,
    pub refused: i64,
}

/// Why a row was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRowError {
    pub line: i64,
    /// The column's name; empty for the whole row.
    pub col: String,
    pub reason: String,
}

/// An export as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Export {
    pub id: Uuid,
    pub org_id: Uuid,
    pub subject: Subject,
    pub format: FileFormat,
    pub state: TransferState,
    pub filters: Value,
    pub file_id: Uuid,
    pub rows_written: i64,
    pub bytes_written: i64,
    pub last_id: Option<i64>,
    /// The custom fields of a table, once its first line is written.
    pub columns: Option<Value>,
    pub error: Option<String>,
    pub key_id: Uuid,
    pub created_at: Ts,
    pub finished_at: Option<Ts>,
}

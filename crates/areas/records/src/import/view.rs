//! An import as callers see it.

use g8_domain::{
    Ts,
    record::{FileFormat, Import, ImportRowError, TransferState},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An import and how far it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct ImportView {
    pub id: Uuid,
    /// contacts or companies
    pub subject: String,
    pub format: FileFormat,
    /// waiting (for its file), queued, running, completed, failed or cancelled
    pub status: TransferState,
    pub file_name: Option<String>,
    /// Where each column goes; null until the file was opened
    pub columns: Option<Vec<ColumnMap>>,
    pub list_id: Option<i64>,
    /// Whether it only says what it would do
    pub dry_run: bool,
    pub bytes_total: i64,
    pub bytes_read: i64,
    /// Rows read so far
    pub rows: i64,
    pub created: i64,
    pub updated: i64,
    /// Rows that say what was stored already
    pub unchanged: i64,
    /// Rows that were not taken; GET /imports/{import_id}/faults says why
    pub refused: i64,
    /// Why it failed
    pub error: Option<String>,
    pub created_by: String,
    pub created_at: Ts,
    pub finished_at: Option<Ts>,
}

/// Where a column goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ColumnMap {
    /// The column's name in the file
    #[schemars(length(max = 1100))]
    pub column: String,
    /// The field it goes into: one of the record's, full_name, custom.TITLE, or - for nowhere
    #[schemars(length(max = 1100))]
    pub field: String,
}

/// Why a row was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FaultView {
    /// The line of the file on which the row starts
    pub line: i64,
    /// The column at fault; empty for the whole row
    pub column: String,
    /// What is wrong with it
    pub reason: String,
}

impl From<ImportRowError> for FaultView {
    fn from(ImportRowError { line, col, reason }: ImportRowError) -> Self {
        Self { line, column: col, reason }
    }
}

impl From<Import> for ImportView {
    fn from(import: Import) -> Self {
        let progress = import.progress;
        Self {
            id: import.id,
            subject: import.subject.plural().to_owned(),
            format: import.format,
            status: import.state,
            file_name: import.file_name,
            columns: import.mapping.and_then(|mapping| serde_json::from_value(mapping).ok()),
            list_id: import.list_id,
            dry_run: import.dry_run == 1,
            bytes_total: progress.bytes_total,
            bytes_read: progress.bytes_read,
            rows: progress.rows_read,
            created: progress.created,
            updated: progress.updated,
            unchanged: progress.unchanged,
            refused: progress.refused,
            error: import.error,
            created_by: import.author,
            created_at: import.created_at,
            finished_at: import.finished_at,
        }
    }
}

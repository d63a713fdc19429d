//! An export as callers see it.

use g8_domain::{
    Ts,
    record::{Export, FileFormat, TransferState},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

/// An export and how far it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct ExportView {
    pub id: Uuid,
    /// contacts or companies
    pub subject: String,
    pub format: FileFormat,
    /// queued, running, completed or failed
    pub status: TransferState,
    /// The filters that records had to meet
    pub filters: Value,
    pub rows: i64,
    pub bytes: i64,
    pub error: Option<String>,
    pub created_at: Ts,
    pub finished_at: Option<Ts>,
}

impl From<Export> for ExportView {
    fn from(export: Export) -> Self {
        Self {
            id: export.id,
            subject: export.subject.plural().to_owned(),
            format: export.format,
            status: export.state,
            filters: export.filters,
            rows: export.rows_written,
            bytes: export.bytes_written,
            error: export.error,
            created_at: export.created_at,
            finished_at: export.finished_at,
        }
    }
}

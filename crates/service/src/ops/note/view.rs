//! A note as callers see it (contract/rest.md §9).

use g8_domain::{
    Ts,
    record::{Note, Subject},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A note.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct NoteView {
    pub id: Uuid,
    pub content: String,
    pub entity_type: Subject,
    pub entity_id: i64,
    /// The user who wrote it; null when a program did
    pub created_by: Option<Uuid>,
    pub created_by_name: Option<String>,
    pub created_at: Ts,
    pub updated_at: Ts,
}

impl From<Note> for NoteView {
    fn from(note: Note) -> Self {
        Self {
            id: note.id,
            content: note.content,
            entity_type: note.entity_type,
            entity_id: note.entity_id,
            created_by: note.created_by,
            created_by_name: note.created_by_name,
            created_at: note.created_at,
            updated_at: note.updated_at,
        }
    }
}

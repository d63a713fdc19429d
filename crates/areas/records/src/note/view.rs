//! A note as callers see it (contract/rest.md §9).

use g8_domain::{
    Ts,
    record::{DealNote, Note, Subject},
};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use uuid::Uuid;

/// A note.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct NoteView {
    pub id: Uuid,
    pub content: String,
    pub entity_type: Noted,
    /// A number; of a deal a UUID
    pub entity_id: NotedId,
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
            entity_type: note.entity_type.into(),
            entity_id: NotedId::Number(note.entity_id),
            created_by: note.created_by,
            created_by_name: note.created_by_name,
            created_at: note.created_at,
            updated_at: note.updated_at,
        }
    }
}

impl From<DealNote> for NoteView {
    fn from(note: DealNote) -> Self {
        Self {
            id: note.id,
            content: note.content,
            entity_type: Noted::Deal,
            entity_id: NotedId::Deal(note.deal_id),
            created_by: note.created_by,
            created_by_name: note.created_by_name,
            created_at: note.created_at,
            updated_at: note.updated_at,
        }
    }
}

/// What a note is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum Noted {
    /// A person.
    Contact,
    /// A company.
    Company,
    /// A deal.
    Deal,
}

impl From<Subject> for Noted {
    fn from(subject: Subject) -> Self {
        match subject {
            Subject::Contact => Self::Contact,
            Subject::Company => Self::Company,
        }
    }
}

/// The id of what a note is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum NotedId {
    /// Of a contact or a company.
    Number(i64),
    /// Of a deal.
    Deal(Uuid),
}

impl JsonSchema for NotedId {
    fn schema_name() -> Cow<'static, str> {
        "NotedId".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["integer", "string"] })
    }
}

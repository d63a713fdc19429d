//! A list as callers see it (contract/rest.md §4).

use g8_domain::{
    Ts,
    record::{List, ListKind},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A list and how many are on it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct ListView {
    pub id: i64,
    pub title: String,
    #[serde(rename = "type")]
    pub kind: ListKind,
    pub source: String,
    /// `completed`, or `processing` while it is being filled
    pub status: String,
    /// Members
    pub total: i64,
    pub is_dynamic: bool,
    pub tags: Vec<String>,
    pub description: Option<String>,
    pub contact_count: i64,
    pub company_count: i64,
    pub created_at: Ts,
    pub created_by: Option<String>,
    pub updated_at: Ts,
}

impl From<List> for ListView {
    fn from(list: List) -> Self {
        Self {
            id: list.id,
            title: list.title,
            kind: list.kind,
            source: list.source,
            status: if list.processing == 1 { "processing" } else { "completed" }.to_owned(),
            total: list.contact_count + list.company_count,
            is_dynamic: false,
            tags: list.tags,
            description: list.description,
            contact_count: list.contact_count,
            company_count: list.company_count,
            created_at: list.created_at,
            created_by: list.created_by,
            updated_at: list.updated_at,
        }
    }
}

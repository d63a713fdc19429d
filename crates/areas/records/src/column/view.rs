//! A column as callers see it (contract/rest.md §2).

use g8_domain::record::{Column, DataType};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A field of contacts or companies. A built-in one has no id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct ColumnView {
    pub id: Option<i64>,
    pub title: String,
    /// The slug under which values appear in `custom_fields`
    pub name: String,
    pub data_type: DataType,
    /// Whether every record has it, not only the members of one list
    pub is_global: bool,
    pub list_id: Option<i64>,
}

impl From<Column> for ColumnView {
    fn from(column: Column) -> Self {
        Self {
            id: Some(column.id),
            title: column.title,
            name: column.name,
            data_type: column.data_type,
            is_global: column.list_id.is_none(),
            list_id: column.list_id,
        }
    }
}

/// A new column, in the published form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NewColumnView {
    /// The column.
    #[serde(flatten)]
    pub column: ColumnView,
    /// `contacts` or `companies`
    pub object_id: String,
    /// Always null: no provider fills it
    pub enrichment: Option<Value>,
}

//! What the operations on columns of contacts and of companies are given.

use g8_domain::record::DataType;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Of which list, too.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ListColumnsInput {
    /// Show this list's own columns, too
    pub list_id: Option<i64>,
}

/// What a new field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
pub enum FieldType {
    /// Any text.
    Text,
    /// A whole number.
    Int,
    /// A decimal number.
    Numeric,
    /// The same.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A day, as 2026-11-21.
    Date,
}

impl From<FieldType> for DataType {
    fn from(wanted: FieldType) -> Self {
        match wanted {
            FieldType::Text => Self::Text,
            FieldType::Int => Self::Int,
            FieldType::Numeric | FieldType::Number => Self::Numeric,
            FieldType::Boolean => Self::Boolean,
            FieldType::Date => Self::Date,
        }
    }
}

/// The new column.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-ignored" = ["enrichment", "created_by"]))]
pub struct CreateColumnInput {
    /// What people call it
    #[schemars(length(min = 1, max = 100))]
    pub title: String,
    /// Slug; made from the title unless given
    #[schemars(length(min = 1, max = 100))]
    pub name: Option<String>,
    /// What it holds; text unless given
    pub data_type: Option<FieldType>,
    /// Only members of this list have it; left out, every record does
    pub list_id: Option<i64>,
}

/// Which column.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct DeleteColumnInput {
    /// Id of the custom field
    pub column_id: i64,
}

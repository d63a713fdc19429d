//! What the operations on columns of contacts and of companies are given.

use g8_domain::record::DataType;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Of which list, too.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ListInput {
    /// Show this list's own columns, too
    pub list_id: Option<i64>,
}

/// The new column.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct CreateInput {
    /// What people call it
    #[schemars(length(min = 1, max = 100))]
    pub title: String,
    /// Slug; made from the title unless given
    #[schemars(length(min = 1, max = 100))]
    pub name: Option<String>,
    /// What it holds; text unless given
    pub data_type: Option<DataType>,
    /// Only members of this list have it; left out, every record does
    pub list_id: Option<i64>,
}

/// Which column.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct DeleteInput {
    /// Id of the custom field
    pub column_id: i64,
}

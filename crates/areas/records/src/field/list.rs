//! `GET /fields`

use super::READ;
use crate::{
    column::{self, ColumnView},
    records::Records,
};
use g8_core::{Ctx, Operation, Spec, ToolAudience, Verb};
use g8_domain::Result;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// List the fields of contacts or companies.
pub struct ListFields;

/// Whose fields.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// contacts unless given
    pub entity: Option<Records>,
    /// Show this list's own fields, too
    pub list_id: Option<i64>,
}

impl Operation for ListFields {
    const SPEC: Spec = Spec::on(Verb::Get, "/fields", "field.list", READ)
        .about("List the fields of contacts or companies, built in and custom")
        .tool(ToolAudience::Shared, &["g8_list_fields"])
        .command(&["list-fields"]);
    type Input = Input;
    type Output = Vec<ColumnView>;

    async fn run(ctx: &Ctx, input: Input) -> Result<Vec<ColumnView>> {
        let records = input.entity.unwrap_or_default();
        records.readable(ctx)?;
        column::list(ctx, records.subject(), input.list_id).await
    }
}

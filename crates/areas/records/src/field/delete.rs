//! `DELETE /fields/{column_id}`

use super::WRITE;
use crate::{column, records::Records};
use g8_core::{Ctx, Deleted, Operation, Spec, ToolAudience, Verb};
use g8_domain::{Error, Result};
use g8_storage::columns;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Hide a custom field.
pub struct DeleteField;

/// Which field.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the custom field
    pub column_id: i64,
    /// contacts unless given
    pub entity: Option<Records>,
    /// The list that it must belong to
    pub list_id: Option<i64>,
}

impl Operation for DeleteField {
    const SPEC: Spec = Spec::on(Verb::Delete, "/fields/{column_id}", "field.delete", WRITE)
        .about("Delete a custom field and its values")
        .tool(ToolAudience::Shared, &["g8_delete_field"])
        .command(&["delete-field"]);
    type Input = Input;
    type Output = Deleted;

    async fn run(ctx: &Ctx, input: Input) -> Result<Deleted> {
        let records = input.entity.unwrap_or_default();
        records.writable(ctx)?;
        if input.list_id.is_some() {
            let all = columns::every(&mut ctx.db(), ctx.org(), records.subject()).await?;
            let its =
                all.iter().any(|column| column.id == input.column_id && column.list_id == input.list_id);
            if !its {
                return Err(Error::not_found("custom field of that list", input.column_id));
            }
        }
        column::delete(ctx, records.subject(), input.column_id).await
    }
}

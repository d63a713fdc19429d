//! `PATCH /fields/{column_id}/values`

use super::WRITE;
use super::value::set;
use crate::records::Records;
use g8_core::{Ctx, Operation, Spec, ToolAudience, Updated, Verb};
use g8_domain::Result;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Write or clear a record's value in a field.
pub struct SetFieldValue;

/// Which field of which record, and the value.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the custom field
    pub column_id: i64,
    /// Id of the contact or company
    pub record_id: i64,
    /// contacts unless given
    pub entity: Option<Records>,
    /// The value as text; left out or null, it is cleared
    #[schemars(length(max = 5000))]
    pub value: Option<String>,
}

impl Operation for SetFieldValue {
    const SPEC: Spec = Spec::on(Verb::Patch, "/fields/{column_id}/values", "field.set_value", WRITE)
        .about("Write a record's value in a custom field; without a value it is cleared")
        .tool(ToolAudience::Shared, &["g8_set_field_value"])
        .command(&["set-field-value"]);
    type Input = Input;
    type Output = Updated;

    async fn run(ctx: &Ctx, input: Input) -> Result<Updated> {
        let records = input.entity.unwrap_or_default();
        records.writable(ctx)?;
        let mut tx = ctx.begin().await?;
        set(ctx, &mut tx, records.subject(), (input.column_id, input.record_id), input.value).await?;
        tx.commit(Updated { updated: 1 }).await
    }
}

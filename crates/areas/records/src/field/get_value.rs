//! `GET /fields/{column_id}/values`

use super::{READ, value::field};
use crate::{column, record::present, records::Records};
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::Result;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Show a record's value in a field.
pub struct GetFieldValue;

/// Which field of which record.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the custom field
    pub column_id: i64,
    /// Id of the contact or company
    pub record_id: i64,
    /// contacts unless given
    pub entity: Option<Records>,
}

/// A value.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct ValueView {
    pub column_id: i64,
    pub record_id: i64,
    /// The field's slug
    pub name: String,
    /// As text; null where the record has none
    pub value: Option<String>,
}

impl Operation for GetFieldValue {
    const SPEC: Spec = Spec::on(Verb::Get, "/fields/{column_id}/values", "field.get_value", READ)
        .about("Show a record's value in a custom field")
        .command(&["get-field-value"]);
    type Input = Input;
    type Output = ValueView;

    async fn run(ctx: &Ctx, input: Input) -> Result<ValueView> {
        let records = input.entity.unwrap_or_default();
        records.readable(ctx)?;
        let field = field(ctx, &mut ctx.db(), records.subject(), input.column_id).await?;
        present(ctx, &mut ctx.db(), records.subject(), input.record_id).await?;
        let values = column::read(ctx, &mut ctx.db(), records.subject(), &[input.record_id]).await?;
        let value = values.get(&input.record_id).and_then(|values| values.get(&field.name));
        Ok(ValueView {
            column_id: field.id,
            record_id: input.record_id,
            value: value.and_then(Value::as_str).map(str::to_owned),
            name: field.name,
        })
    }
}

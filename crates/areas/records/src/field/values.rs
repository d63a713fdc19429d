//! `GET /fields/{column_id}/values` and `PATCH /fields/{column_id}/values`

use super::{READ, WRITE};
use crate::{column, company, contact, records::Records};
use g8_core::{Ctx, Operation, Spec, ToolAudience, Updated, Verb};
use g8_domain::{
    Error, Result,
    record::{Column, Subject},
};
use g8_storage::{Session, columns, companies, contacts};
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

/// Write or clear a record's value in a field.
pub struct SetFieldValue;

/// Which field of which record, and the value.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct SetInput {
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
    type Input = SetInput;
    type Output = Updated;

    async fn run(ctx: &Ctx, input: SetInput) -> Result<Updated> {
        let records = input.entity.unwrap_or_default();
        records.writable(ctx)?;
        let mut tx = ctx.begin().await?;
        set(ctx, &mut tx, records.subject(), (input.column_id, input.record_id), input.value).await?;
        tx.commit(Updated { updated: 1 }).await
    }
}

/// Writes a value, with the event of its record.
pub(super) async fn set(
    ctx: &Ctx,
    tx: &mut g8_storage::Tx,
    subject: Subject,
    (column, record): (i64, i64),
    value: Option<String>,
) -> Result<()> {
    let field = field(ctx, tx, subject, column).await?;
    present(ctx, tx, subject, record).await?;
    let value = value.map_or(Value::Null, Value::String);
    let values = [(field.name, value)].into_iter().collect();
    column::write(ctx, tx, (subject, record), Some(values), false).await?;
    match subject {
        Subject::Contact => contact::changed(ctx, tx, record).await,
        Subject::Company => company::changed(ctx, tx, record).await,
    }
}

/// A custom field of a subject.
async fn field(ctx: &Ctx, on: &mut impl Session, subject: Subject, id: i64) -> Result<Column> {
    let all = columns::every(on, ctx.org(), subject).await?;
    all.into_iter().find(|column| column.id == id).ok_or_else(|| Error::not_found("custom field", id))
}

/// Refuses a record that is not there.
async fn present(ctx: &Ctx, on: &mut impl Session, subject: Subject, id: i64) -> Result<()> {
    let there = match subject {
        Subject::Contact => contacts::get(on, ctx.org(), id).await?.is_some(),
        Subject::Company => companies::get(on, ctx.org(), id).await?.is_some(),
    };
    if there { Ok(()) } else { Err(Error::not_found(subject.word(), id)) }
}

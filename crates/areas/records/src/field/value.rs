//! A record and its value in a custom field.

use crate::{
    column,
    record::{changed, present_for_update},
};
use g8_core::Ctx;
use g8_domain::{
    Error, Result,
    record::{Column, Company, Contact, Subject},
};
use g8_storage::{Session, columns};
use serde_json::Value;

/// Writes a value, with the event of its record.
pub(super) async fn set(
    ctx: &Ctx,
    tx: &mut g8_storage::Tx,
    subject: Subject,
    (column, record): (i64, i64),
    value: Option<String>,
) -> Result<()> {
    let field = field(ctx, tx, subject, column).await?;
    present_for_update(ctx, tx, subject, record).await?;
    let value = value.map_or(Value::Null, Value::String);
    let values = [(field.name, value)].into_iter().collect();
    column::write(ctx, tx, (subject, record), Some(values), false).await?;
    match subject {
        Subject::Contact => changed::<Contact>(ctx, tx, record).await,
        Subject::Company => changed::<Company>(ctx, tx, record).await,
    }
}

/// A custom field of a subject.
pub(super) async fn field(ctx: &Ctx, on: &mut impl Session, subject: Subject, id: i64) -> Result<Column> {
    let all = columns::every(on, ctx.org(), subject).await?;
    all.into_iter().find(|column| column.id == id).ok_or_else(|| Error::not_found("custom field", id))
}

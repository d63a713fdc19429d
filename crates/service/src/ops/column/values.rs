//! The values of custom columns.

use super::write::{add, slug};
use crate::Ctx;
use g8_domain::{
    Error, Issue, Result,
    record::{Column, DataType, Subject},
};
use g8_storage::{Session, Tx, columns};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// Longest value of a custom field, in characters.
const MAX: usize = 5000;

/// The values of records, by record and slug.
pub(in crate::ops) async fn read(
    ctx: &Ctx,
    on: &mut impl Session,
    subject: Subject,
    ids: &[i64],
) -> Result<HashMap<i64, Map<String, Value>>> {
    let mut found: HashMap<i64, Map<String, Value>> = HashMap::new();
    let (Some(first), Some(last)) = (ids.iter().min(), ids.iter().max()) else { return Ok(found) };
    for value in columns::values(on, ctx.org(), subject, (*first, *last)).await? {
        found.entry(value.record_id).or_default().insert(value.name, Value::String(value.value));
    }
    Ok(found)
}

/// Writes values by the columns' titles or slugs; null clears.
pub(in crate::ops) async fn write(
    ctx: &Ctx,
    tx: &mut Tx,
    (subject, record): (Subject, i64),
    values: Option<Map<String, Value>>,
    create_missing: bool,
) -> Result<()> {
    let Some(values) = values else { return Ok(()) };
    let mut known = columns::every(tx, ctx.org(), subject).await?;
    let mut issues = Vec::new();
    for (name, value) in values {
        let column = match known.iter().find(|column| named(column, &name)) {
            Some(column) => column,
            None if create_missing => {
                known.push(add(ctx, tx, subject, (&name, None), DataType::Text, None).await?);
                &known[known.len() - 1]
            }
            None => {
                issues
                    .push(Issue::new(format!("custom_fields.{name}"), "is no custom field; create it first"));
                continue;
            }
        };
        match text(column, value) {
            Ok(value) => columns::set(tx, column.id, record, value.as_deref()).await?,
            Err(problem) => issues.push(Issue::new(format!("custom_fields.{name}"), problem)),
        }
    }
    if issues.is_empty() { Ok(()) } else { Err(Error::invalid(&issues)) }
}

fn named(column: &Column, name: &str) -> bool {
    column.name == slug(name) || column.title.eq_ignore_ascii_case(name.trim())
}

/// A value as it is stored, or what is wrong with it.
fn text(column: &Column, value: Value) -> Result<Option<String>, String> {
    let text = match value {
        Value::Null => return Ok(None),
        Value::String(text) => text,
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::Array(_) | Value::Object(_) => {
            return Err("must be a text, a number, true, false or null".into());
        }
    };
    if text.chars().count() > MAX {
        return Err(format!("must have at most {MAX} characters"));
    }
    if !column.data_type.accepts(&text) {
        return Err(format!("must fit the field's type, {}", column.data_type.word()));
    }
    Ok(Some(text))
}

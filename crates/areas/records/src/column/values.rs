//! The values of custom columns.

use super::write::{Unfit, slug, try_add};
use g8_core::Ctx;
use g8_domain::{
    Error, Issue, Result,
    record::{Column, DataType, Subject},
};
use g8_storage::{Session, Tx, columns};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// Custom values that come with a record, and whether unknown fields are to be made.
#[derive(Debug, Default)]
pub(crate) struct Custom {
    pub values: Option<Map<String, Value>>,
    pub create_missing: bool,
}

/// Longest value of a custom field, in characters.
const MAX: usize = 5000;

/// The values of records, by record and slug.
pub(crate) async fn read(
    ctx: &Ctx,
    on: &mut impl Session,
    subject: Subject,
    ids: &[i64],
) -> Result<HashMap<i64, Map<String, Value>>> {
    let mut found: HashMap<i64, Map<String, Value>> = HashMap::new();
    for value in columns::values(on, ctx.org(), subject, ids).await? {
        found.entry(value.record_id).or_default().insert(value.name, Value::String(value.value));
    }
    Ok(found)
}

/// Fills in the custom fields of records, by their ids.
pub(crate) async fn show(
    ctx: &Ctx,
    subject: Subject,
    rows: Vec<(i64, &mut Option<Map<String, Value>>)>,
) -> Result<()> {
    let ids: Vec<i64> = rows.iter().map(|(id, _)| *id).collect();
    let mut values = read(ctx, &mut ctx.db(), subject, &ids).await?;
    for (id, custom) in rows {
        *custom = Some(values.remove(&id).unwrap_or_default());
    }
    Ok(())
}

/// Writes values by the columns' titles or slugs; null clears.
pub(crate) async fn write(
    ctx: &Ctx,
    tx: &mut Tx,
    (subject, record): (Subject, i64),
    values: Option<Map<String, Value>>,
    create_missing: bool,
) -> Result<()> {
    let Some(values) = values else { return Ok(()) };
    let mut known = Known::read(ctx, tx, subject).await?;
    let fitting = fitting(ctx, tx, subject, (values, create_missing), &mut known).await?;
    for (column, value) in fitting.map_err(|issues| Error::invalid(&issues))? {
        columns::set(tx, column, record, value.as_deref()).await?;
    }
    Ok(())
}

/// The fields of a subject, by what rows call them.
struct Known {
    columns: Vec<Column>,
    places: HashMap<String, usize>,
}

impl Known {
    async fn read(ctx: &Ctx, tx: &mut Tx, subject: Subject) -> Result<Self> {
        Ok(Self { columns: columns::every(tx, ctx.org(), subject).await?, places: HashMap::new() })
    }

    fn place(&mut self, name: &str) -> Option<usize> {
        if let Some(place) = self.places.get(name) {
            return Some(*place);
        }
        let place = self.columns.iter().position(|column| named(column, name))?;
        self.places.insert(name.to_owned(), place);
        Some(place)
    }

    /// Adds a text field of this title, or says why there can be none.
    async fn add(
        &mut self,
        ctx: &Ctx,
        tx: &mut Tx,
        subject: Subject,
        title: &str,
    ) -> Result<Result<usize, String>> {
        match try_add(ctx, tx, subject, (title, None), DataType::Text, None).await? {
            Ok(column) => {
                self.columns.push(column);
                Ok(Ok(self.columns.len() - 1))
            }
            Err(Unfit::Wrong(problem)) => Ok(Err(problem.to_owned())),
            Err(taken) => {
                // Another request may have made it a moment ago.
                *self = Self::read(ctx, tx, subject).await?;
                Ok(self.place(title).ok_or_else(|| taken.to_string()))
            }
        }
    }
}

/// A value of a column, by the column's id; none clears.
pub(crate) type Fitting = Vec<(i64, Option<String>)>;

/// Values by their columns, or every fault of them.
async fn fitting(
    ctx: &Ctx,
    tx: &mut Tx,
    subject: Subject,
    (values, create_missing): (Map<String, Value>, bool),
    known: &mut Known,
) -> Result<Result<Fitting, Vec<Issue>>> {
    let (mut fitting, mut issues) = (Vec::new(), Vec::new());
    for (name, value) in values {
        let mut refuse = |problem: String| issues.push(Issue::new(format!("custom_fields.{name}"), problem));
        let column = match known.place(&name) {
            Some(place) => Ok(place),
            None if create_missing => known.add(ctx, tx, subject, &name).await?,
            None => Err("is no custom field; create it first".to_owned()),
        };
        let column = column.map(|place| &known.columns[place]);
        match column.and_then(|column| Ok((column.id, text(column, value)?))) {
            Ok(value) => fitting.push(value),
            Err(problem) => refuse(problem),
        }
    }
    Ok(if issues.is_empty() { Ok(fitting) } else { Err(issues) })
}

/// The values of many records by their columns, each or every fault of them.
pub(crate) async fn fit_many(
    ctx: &Ctx,
    tx: &mut Tx,
    subject: Subject,
    customs: Vec<Custom>,
) -> Result<Vec<Result<Fitting, Vec<Issue>>>> {
    if customs.iter().all(|custom| custom.values.is_none()) {
        return Ok(customs.iter().map(|_| Ok(Fitting::new())).collect());
    }
    let mut known = Known::read(ctx, tx, subject).await?;
    let mut all = Vec::with_capacity(customs.len());
    for custom in customs {
        let values = custom.values.unwrap_or_default();
        all.push(fitting(ctx, tx, subject, (values, custom.create_missing), &mut known).await?);
    }
    Ok(all)
}

/// Writes values that fit; of several for one field of a record the last one stays.
pub(crate) async fn store_many(tx: &mut Tx, values: Vec<(i64, Fitting)>) -> Result<()> {
    let all = values.into_iter().flat_map(|(record, fitting)| {
        fitting.into_iter().map(move |(column, value)| ((column, record), value))
    });
    let all: HashMap<(i64, i64), Option<String>> = all.collect();
    let mut set = Vec::with_capacity(all.len());
    for ((column, record), value) in all {
        match value {
            Some(value) => set.push((column, record, value)),
            None => columns::set(tx, column, record, None).await?,
        }
    }
    Ok(columns::set_many(tx, set).await?)
}

/// Whether a column is called this, by title or slug.
pub(crate) fn named(column: &Column, name: &str) -> bool {
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
    if text.contains('\0') {
        return Err("must not contain NUL characters".into());
    }
    if text.chars().count() > MAX {
        return Err(format!("must have at most {MAX} characters"));
    }
    if !column.data_type.accepts(&text) {
        return Err(format!("must fit the field's type, {}", column.data_type.word()));
    }
    Ok(Some(text))
}

//! Running one statement on a connection.

use crate::{Arg, StorageResult, row::unreadable};
use rusqlite::{
    CachedStatement, Connection, Statement, ToSql,
    types::{ToSqlOutput, Value, ValueRef},
};
use std::borrow::Cow;

/// One statement: its text, its values, and the columns that are wanted of its rows.
pub(crate) struct Question {
    pub sql: Cow<'static, str>,
    pub args: Vec<Arg>,
    pub columns: Vec<&'static str>,
}

impl Question {
    /// One that asks for no rows.
    pub fn change(sql: impl Into<Cow<'static, str>>, args: Vec<Arg>) -> Self {
        Self { sql: sql.into(), args, columns: Vec::new() }
    }
}

/// The values of the columns that are asked for, one row after the other.
pub(crate) fn fetch(on: &Connection, asked: &Question) -> StorageResult<Vec<Value>> {
    let mut statement = prepared(on, asked)?;
    let (mut values, mut places) = (Vec::new(), Vec::new());
    if statement.column_count() > 0 {
        places = places_of(&statement, &asked.columns)?;
    }
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next()? {
        for place in &places {
            values.push(Value::try_from(row.get_ref(*place)?).map_err(rusqlite::Error::from)?);
        }
    }
    Ok(values)
}

/// Runs a statement; says how many rows it changed.
pub(crate) fn change(on: &Connection, asked: &Question) -> StorageResult<u64> {
    let mut statement = prepared(on, asked)?;
    if statement.column_count() == 0 {
        return Ok(statement.raw_execute()?.try_into().unwrap_or_default());
    }
    let mut rows = statement.raw_query();
    while rows.next()?.is_some() {}
    Ok(on.changes())
}

fn prepared<'c>(on: &'c Connection, asked: &Question) -> StorageResult<CachedStatement<'c>> {
    let mut statement = on.prepare_cached(&numbered(&asked.sql))?;
    for (place, arg) in asked.args.iter().enumerate() {
        statement.raw_bind_parameter(place + 1, arg)?;
    }
    Ok(statement)
}

/// `$1` is a name to SQLite, whose place is where it stands first; `?1` is the first value.
fn numbered(sql: &str) -> String {
    sql.replace('$', "?")
}

/// Where the columns stand. They mostly stand in their order.
fn places_of(statement: &Statement<'_>, columns: &[&'static str]) -> StorageResult<Vec<usize>> {
    let names: Vec<&str> =
        (0..statement.column_count()).map(|at| statement.column_name(at)).collect::<Result<_, _>>()?;
    let (mut places, mut next) = (Vec::with_capacity(columns.len()), 0);
    for column in columns {
        let ahead = names[next..].iter().position(|name| name == column).map(|at| at + next);
        let place = ahead.or_else(|| names.iter().position(|name| name == column));
        let place = place.ok_or_else(|| unreadable(column, "there is no such column"))?;
        places.push(place);
        next = place + 1;
    }
    Ok(places)
}

impl ToSql for Arg {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let borrowed = |value| Ok(ToSqlOutput::Borrowed(value));
        match self {
            Self::I64(Some(value)) => borrowed(ValueRef::Integer(*value)),
            Self::F64(Some(value)) => borrowed(ValueRef::Real(*value)),
            Self::Text(Some(text)) => borrowed(ValueRef::Text(text.as_bytes())),
            Self::Bytes(Some(bytes)) => borrowed(ValueRef::Blob(bytes)),
            Self::Uuid(Some(id)) => borrowed(ValueRef::Blob(id.as_bytes())),
            Self::Raw(Some(json)) => borrowed(ValueRef::Text(json.get().as_bytes())),
            Self::Json(Some(json)) => Ok(ToSqlOutput::Owned(Value::Text(json.to_string()))),
            Self::I64(None)
            | Self::F64(None)
            | Self::Text(None)
            | Self::Bytes(None)
            | Self::Uuid(None)
            | Self::Raw(None)
            | Self::Json(None) => borrowed(ValueRef::Null),
            Self::List(_) => Err(rusqlite::Error::ToSqlConversionFailure("SQLite has no arrays".into())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{arg::args, sqlite::open};
    use rusqlite::StatementStatus;

    #[test]
    fn what_is_kept_is_not_planned_anew_for_other_values() {
        let folder = tempfile::tempdir().unwrap();
        let on = open::writer(&folder.path().join("x.db")).unwrap();
        // The plan could depend on the value: an index of a part of the rows.
        on.execute_batch("CREATE TABLE t (a INTEGER, b TEXT); CREATE INDEX i ON t (b) WHERE a > 5").unwrap();
        let sql = "SELECT a FROM t WHERE a > $1 AND b LIKE $2";
        for value in 0..10_i64 {
            fetch(&on, &Question { sql: sql.into(), args: args![value, "x%"], columns: vec!["a"] }).unwrap();
        }
        let statement = on.prepare_cached(&numbered(sql)).unwrap();
        assert_eq!(statement.get_status(StatementStatus::RePrepare), 0);
        assert_eq!(statement.get_status(StatementStatus::Run), 10);
    }

    #[test]
    fn values_come_in_the_order_in_which_they_are_asked_for() {
        let on = Connection::open_in_memory().unwrap();
        let ask = |sql, args, columns| fetch(&on, &Question { sql: Cow::Borrowed(sql), args, columns });
        let rows = ask("SELECT 1 AS a, $1 AS b, $2 AS c", args!["x", 2.5], vec!["c", "a", "b"]).unwrap();
        assert_eq!(rows, [Value::Real(2.5), Value::Integer(1), Value::Text("x".to_owned())]);
        assert!(ask("SELECT 1 AS a", vec![], vec!["z"]).is_err());
    }
}

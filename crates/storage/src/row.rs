//! Rows of either engine, read into records by column name.

mod cell;

pub use cell::Cell;

use crate::{StorageError, StorageResult};
use rusqlite::types::Value;
use serde::de::DeserializeOwned;
use sqlx::{Column as _, Row as _, TypeInfo as _, postgres::PgRow, types::Json};

/// A row of either engine.
pub enum Row {
    /// From SQLite: the values in the order of the record's columns, of this and the following rows.
    Sqlite(std::vec::IntoIter<Value>),
    /// From PostgreSQL.
    Postgres(PgRow),
}

/// A record that a row can be read into; made by `record!`.
pub trait FromRow: Sized + Send {
    /// Reads the record's columns by name, each once.
    ///
    /// # Errors
    /// A column is missing, or holds what the record cannot.
    fn from_row(row: &mut Row) -> StorageResult<Self>;

    /// Adds the names of the columns, in the order in which they are read.
    fn columns(all: &mut Vec<&'static str>);
}

/// A value that both drivers know.
pub(crate) trait Native:
    for<'r> sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres>
{
    /// The value, if it is one.
    fn of(value: Value) -> Option<Self>;
}

impl Row {
    fn get<T: Native>(&mut self, name: &'static str) -> StorageResult<T> {
        match self {
            Self::Sqlite(values) => {
                values.next().and_then(T::of).ok_or_else(|| unreadable(name, "it holds something else"))
            }
            Self::Postgres(row) => Ok(row.try_get(name)?),
        }
    }

    /// A column that holds JSON.
    fn json<T: DeserializeOwned + Unpin + Send>(&mut self, name: &'static str) -> StorageResult<Option<T>> {
        match self {
            Self::Postgres(row) if row.try_column(name)?.type_info().name().starts_with("JSON") => {
                let read: Option<Json<T>> = row.try_get(name)?;
                Ok(read.map(|json| json.0))
            }
            // A column of JSON that is kept to the letter is one of text.
            _ => {
                let text: Option<String> = self.get(name)?;
                let read = text.map(|text| serde_json::from_str(&text)).transpose();
                read.map_err(|cause| unreadable(name, cause))
            }
        }
    }
}

/// The error of a column that holds what cannot be read; `cause` says why.
pub fn unreadable(name: &str, cause: impl std::fmt::Display) -> StorageError {
    StorageError::Sql(format!("{name} cannot be read: {cause}").into())
}

/// Rows as a driver gives them.
pub(crate) enum Fetched {
    Sqlite(Vec<Value>),
    Postgres(Vec<PgRow>),
}

impl Fetched {
    pub fn records<T: FromRow>(self) -> StorageResult<Vec<T>> {
        match self {
            Self::Sqlite(values) => {
                let (mut row, mut records) = (Row::Sqlite(values.into_iter()), Vec::new());
                while matches!(&row, Row::Sqlite(values) if values.len() > 0) {
                    records.push(T::from_row(&mut row)?);
                }
                Ok(records)
            }
            Self::Postgres(rows) => {
                rows.into_iter().map(|row| T::from_row(&mut Row::Postgres(row))).collect()
            }
        }
    }
}

impl Native for i64 {
    fn of(value: Value) -> Option<Self> {
        match value {
            Value::Integer(value) => Some(value),
            _ => None,
        }
    }
}

impl Native for f64 {
    fn of(value: Value) -> Option<Self> {
        match value {
            Value::Real(value) => Some(value),
            _ => None,
        }
    }
}

impl Native for String {
    fn of(value: Value) -> Option<Self> {
        match value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl Native for uuid::Uuid {
    fn of(value: Value) -> Option<Self> {
        Vec::of(value).and_then(|bytes: Vec<u8>| Self::from_slice(&bytes).ok())
    }
}

impl Native for Vec<u8> {
    fn of(value: Value) -> Option<Self> {
        match value {
            Value::Blob(bytes) => Some(bytes),
            _ => None,
        }
    }
}

impl<T: Native> Native for Option<T>
where
    Option<T>: for<'r> sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres>,
{
    fn of(value: Value) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            value => T::of(value).map(Some),
        }
    }
}

/// Says which columns make a record; each field is read from the column of its name.
///
/// ```
/// # use uuid::Uuid;
/// struct Stamp {
///     id: Uuid,
///     label: Option<String>,
/// }
/// g8_storage::record!(Stamp => id, label);
/// ```
#[macro_export]
macro_rules! record {
    ($type:path => $($field:ident),* $(,)?) => {
        impl $crate::row::FromRow for $type {
            fn from_row(row: &mut $crate::row::Row) -> $crate::StorageResult<Self> {
                Ok(Self { $($field: $crate::row::Cell::cell(row, stringify!($field))?),* })
            }

            fn columns(all: &mut Vec<&'static str>) {
                all.extend([$(stringify!($field)),*]);
            }
        }
    };
}
pub(crate) use record;

/// A row of one number: a count, an id.
pub(crate) struct Number {
    pub n: i64,
}
record!(Number => n);

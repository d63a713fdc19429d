//! Rows of either engine, read into records by column name.
//!
//! SQLite's driver hands rows over one by one, each value copied by itself, from the engine's thread to the
//! caller's: most of what a list costs. So SQLite is asked for all rows of a record as one JSON text.

mod cell;
mod plain;

pub use cell::Cell;
pub use plain::Plain;
pub(crate) use plain::{all, at_once};

use serde::de::DeserializeOwned;
use sqlx::{Column as _, Row as _, TypeInfo as _, postgres::PgRow, sqlite::SqliteRow, types::Json};

/// What reading a row gives, or why it cannot be read.
pub type ReadResult<T> = sqlx::Result<T>;

/// A row of either engine.
pub enum Row<'a> {
    /// From SQLite's driver.
    Sqlite(SqliteRow),
    /// From PostgreSQL.
    Postgres(PgRow),
    /// From a JSON text of SQLite: the values in the order of the record's columns.
    Plain(std::vec::IntoIter<Plain<'a>>),
}

/// A record that a row can be read into; made by `record!`.
pub trait FromRow: Sized + Send + Unpin {
    /// Reads the record's columns by name.
    ///
    /// # Errors
    /// A column is missing, or holds what the record cannot.
    fn from_row(row: &mut Row<'_>) -> sqlx::Result<Self>;

    /// The record's columns as SQLite writes them into a JSON list; none where one holds bytes.
    fn listed() -> Option<&'static str> {
        None
    }
}

/// A value that both drivers and JSON know.
pub(crate) trait Native:
    for<'r> sqlx::Decode<'r, sqlx::Sqlite>
    + sqlx::Type<sqlx::Sqlite>
    + for<'r> sqlx::Decode<'r, sqlx::Postgres>
    + sqlx::Type<sqlx::Postgres>
{
    /// How SQLite writes a column of it into JSON, `?` being its name; none where JSON cannot hold it.
    const LISTED: Option<&'static str>;

    /// The value, if it is one.
    fn plain(value: Plain<'_>) -> Option<Self>;
}

impl Row<'_> {
    fn get<T: Native>(&mut self, name: &'static str) -> sqlx::Result<T> {
        match self {
            Self::Sqlite(row) => row.try_get(name),
            Self::Postgres(row) => row.try_get(name),
            Self::Plain(values) => {
                values.next().and_then(T::plain).ok_or_else(|| unreadable(name, "a value"))
            }
        }
    }

    /// A column that holds JSON.
    fn json<T: DeserializeOwned + Unpin + Send>(&mut self, name: &'static str) -> sqlx::Result<Option<T>> {
        let read = |json: Option<Json<T>>| json.map(|json| json.0);
        match self {
            Self::Sqlite(row) => row.try_get(name).map(read),
            // A column of JSON that is kept to the letter is one of text.
            Self::Postgres(row) if !row.try_column(name)?.type_info().name().starts_with("JSON") => {
                parsed(name, row.try_get(name)?)
            }
            Self::Postgres(row) => row.try_get(name).map(read),
            Self::Plain(_) => parsed(name, self.get(name)?),
        }
    }
}

fn parsed<T: DeserializeOwned>(name: &str, text: Option<String>) -> sqlx::Result<Option<T>> {
    text.map(|text| serde_json::from_str(&text)).transpose().map_err(|cause| unreadable(name, cause))
}

/// The error of a column that holds what cannot be read; `cause` says why.
pub fn unreadable(name: &str, cause: impl std::fmt::Display) -> sqlx::Error {
    sqlx::Error::Decode(format!("{name} cannot be read: {cause}").into())
}

/// How SQLite lists a column of a record, by the field that it is read into; none where JSON cannot hold it.
pub fn listed<R, C: Cell>(_: impl Fn(&R) -> &C, name: &str) -> Option<String> {
    Some(C::LISTED?.replace('?', name))
}

/// Says which columns make a record; each field is read from the column of its name.
///
/// ```
/// # use uuid::Uuid;
/// struct Stamp {
///     id: Uuid,
///     label: Option<String>,
/// }
/// g8_storage::record!(Stamp { id, label });
/// ```
#[macro_export]
macro_rules! record {
    ($type:path { $($field:ident),* $(,)? }) => {
        impl $crate::row::FromRow for $type {
            fn from_row(row: &mut $crate::row::Row<'_>) -> $crate::row::ReadResult<Self> {
                Ok(Self { $($field: $crate::row::Cell::cell(row, stringify!($field))?),* })
            }

            fn listed() -> Option<&'static str> {
                static LISTED: std::sync::OnceLock<Option<String>> = std::sync::OnceLock::new();
                let columns = || {
                    let all = [$($crate::row::listed(|record: &$type| &record.$field, stringify!($field))),*];
                    all.into_iter().collect::<Option<Vec<String>>>().map(|all| all.join(","))
                };
                LISTED.get_or_init(columns).as_deref()
            }
        }
    };
}
pub(crate) use record;

/// A row of one number: a count, an id.
pub(crate) struct Number {
    pub n: i64,
}
record!(Number { n });

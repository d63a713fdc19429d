//! Rows of either engine, read into records by column name.

use g8_domain::{
    Scopes, Ts,
    record::{
        Category, Channel, ClientAuth, ClientKind, DataType, DealRole, DeliveryStatus, Disposition,
        ExclusionKind, FileFormat, JobState, ListKind, Mode, PausedReason, PipelineTarget, Pool, Purpose,
        Reason, Role, StageType, Subject, TaskKind, TaskStatus, TokenKind, TransferState, Via, WebhookStatus,
    },
};
use sqlx::{Row as _, postgres::PgRow, sqlite::SqliteRow, types::Json};
use uuid::Uuid;

/// A row of either engine.
pub enum Row {
    /// From SQLite.
    Sqlite(SqliteRow),
    /// From PostgreSQL.
    Postgres(PgRow),
}

/// A record that a row can be read into; made by `record!`.
pub trait FromRow: Sized + Send + Unpin {
    /// Reads the record's columns by name.
    fn from_row(row: &Row) -> sqlx::Result<Self>;
}

/// A value that a column can be read into.
pub trait Cell: Sized {
    /// Reads the column called `name`.
    fn cell(row: &Row, name: &'static str) -> sqlx::Result<Self>;
}

impl Row {
    fn get<T>(&self, name: &'static str) -> sqlx::Result<T>
    where
        T: for<'r> sqlx::Decode<'r, sqlx::Sqlite> + sqlx::Type<sqlx::Sqlite>,
        T: for<'r> sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres>,
    {
        match self {
            Self::Sqlite(row) => row.try_get(name),
            Self::Postgres(row) => row.try_get(name),
        }
    }
}

macro_rules! native {
    ($($type:ty),*) => {$(
        impl Cell for $type {
            fn cell(row: &Row, name: &'static str) -> sqlx::Result<Self> { row.get(name) }
        }
        impl Cell for Option<$type> {
            fn cell(row: &Row, name: &'static str) -> sqlx::Result<Self> { row.get(name) }
        }
    )*};
}
native!(i64, f64, String, Vec<u8>, Uuid);

macro_rules! words {
    ($($type:ty),*) => {$(
        impl Cell for $type {
            fn cell(row: &Row, name: &'static str) -> sqlx::Result<Self> {
                let word: String = row.get(name)?;
                let unknown = || sqlx::Error::Decode(format!("{name} holds the unknown word {word}").into());
                <$type>::from_word(&word).ok_or_else(unknown)
            }
        }
        impl Cell for Option<$type> {
            fn cell(row: &Row, name: &'static str) -> sqlx::Result<Self> {
                let word: Option<String> = row.get(name)?;
                let unknown = |word: &String| sqlx::Error::Decode(format!("{name} holds the unknown word {word}").into());
                word.map(|word| <$type>::from_word(&word).ok_or_else(|| unknown(&word))).transpose()
            }
        }
    )*};
}
words!(
    Category,
    Channel,
    ClientAuth,
    ClientKind,
    DataType,
    DealRole,
    DeliveryStatus,
    Disposition,
    ExclusionKind,
    FileFormat,
    JobState,
    ListKind,
    Mode,
    PausedReason,
    PipelineTarget,
    Pool,
    Purpose,
    Reason,
    Role,
    StageType,
    Subject,
    TaskKind,
    TaskStatus,
    TokenKind,
    TransferState,
    Via,
    WebhookStatus
);

impl Cell for Ts {
    fn cell(row: &Row, name: &'static str) -> sqlx::Result<Self> {
        row.get(name).map(Ts)
    }
}

impl Cell for Option<Ts> {
    fn cell(row: &Row, name: &'static str) -> sqlx::Result<Self> {
        Ok(row.get::<Option<i64>>(name)?.map(Ts))
    }
}

impl Cell for serde_json::Value {
    fn cell(row: &Row, name: &'static str) -> sqlx::Result<Self> {
        row.get::<Json<Self>>(name).map(|json| json.0)
    }
}

impl Cell for Option<serde_json::Value> {
    fn cell(row: &Row, name: &'static str) -> sqlx::Result<Self> {
        row.get::<Option<Json<serde_json::Value>>>(name).map(|json| json.map(|json| json.0))
    }
}

impl Cell for Vec<String> {
    fn cell(row: &Row, name: &'static str) -> sqlx::Result<Self> {
        row.get::<Json<Self>>(name).map(|json| json.0)
    }
}

impl Cell for Scopes {
    fn cell(row: &Row, name: &'static str) -> sqlx::Result<Self> {
        Vec::cell(row, name).map(Scopes::stored)
    }
}

/// Says which columns make a record; each field is read from the column of its name.
macro_rules! record {
    ($type:path { $($field:ident),* $(,)? }) => {
        impl $crate::row::FromRow for $type {
            fn from_row(row: &$crate::row::Row) -> sqlx::Result<Self> {
                Ok(Self { $($field: $crate::row::Cell::cell(row, stringify!($field))?),* })
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

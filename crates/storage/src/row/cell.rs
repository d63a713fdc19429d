//! The kinds of values that columns hold.

use super::{Row, unreadable};
use crate::{Arg, StorageResult};
use g8_domain::{
    Scopes, Ts,
    record::{
        Category, Channel, ClientAuth, ClientKind, DataType, DealRole, DeliveryStatus, Disposition,
        ExclusionKind, FileFormat, JobState, KeyMode, ListKind, PausedReason, PipelineTarget, Purpose,
        Reason, Role, StageType, Subject, TaskKind, TaskStatus, TokenKind, TransferState, Via, WebhookStatus,
    },
};
use uuid::Uuid;

/// A value that a column can be read into. An area's own words get theirs by [`stored_words!`](crate::stored_words).
pub trait Cell: Sized {
    /// Reads the column called `name`.
    ///
    /// # Errors
    /// There is no such column, or it holds something else.
    fn cell(row: &mut Row, name: &'static str) -> StorageResult<Self>;
}

macro_rules! native {
    ($($type:ty),*) => {$(
        impl Cell for $type {
            fn cell(row: &mut Row, name: &'static str) -> StorageResult<Self> { row.get(name) }
        }
        impl Cell for Option<$type> {
            fn cell(row: &mut Row, name: &'static str) -> StorageResult<Self> { row.get(name) }
        }
    )*};
}
native!(i64, f64, String, Vec<u8>, Uuid);

/// Lets columns be read into enums that are stored as one word for each variant: types with a
/// `from_word(&str) -> Option<Self>`.
#[macro_export]
macro_rules! stored_words {
    ($($type:ty),*) => {$(
        impl $crate::row::Cell for $type {
            fn cell(row: &mut $crate::row::Row, name: &'static str) -> $crate::StorageResult<Self> {
                let word = <String as $crate::row::Cell>::cell(row, name)?;
                <$type>::from_word(&word).ok_or_else(|| $crate::row::unreadable(name, &word))
            }
        }
        impl $crate::row::Cell for Option<$type> {
            fn cell(row: &mut $crate::row::Row, name: &'static str) -> $crate::StorageResult<Self> {
                let word = <Option<String> as $crate::row::Cell>::cell(row, name)?;
                let read = |word: String| <$type>::from_word(&word).ok_or_else(|| $crate::row::unreadable(name, &word));
                word.map(read).transpose()
            }
        }
    )*};
}

/// The same for the words of the domain, which become values as they are, missing or not.
macro_rules! words {
    ($($type:ident),* $(,)?) => {
        stored_words!($($type),*);
        $(
            impl From<$type> for Arg {
                fn from(word: $type) -> Self { word.word().into() }
            }
            impl From<Option<$type>> for Arg {
                fn from(word: Option<$type>) -> Self { word.map(|word| word.word()).into() }
            }
        )*
    };
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
    KeyMode,
    PausedReason,
    PipelineTarget,
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
    fn cell(row: &mut Row, name: &'static str) -> StorageResult<Self> {
        row.get(name).map(Ts)
    }
}

impl Cell for Option<Ts> {
    fn cell(row: &mut Row, name: &'static str) -> StorageResult<Self> {
        Ok(row.get::<Option<i64>>(name)?.map(Ts))
    }
}

impl Cell for serde_json::Value {
    fn cell(row: &mut Row, name: &'static str) -> StorageResult<Self> {
        row.json(name)?.ok_or_else(|| unreadable(name, "null"))
    }
}

impl Cell for Option<serde_json::Value> {
    fn cell(row: &mut Row, name: &'static str) -> StorageResult<Self> {
        row.json(name)
    }
}

impl Cell for Vec<String> {
    fn cell(row: &mut Row, name: &'static str) -> StorageResult<Self> {
        row.json(name)?.ok_or_else(|| unreadable(name, "null"))
    }
}

impl Cell for Scopes {
    fn cell(row: &mut Row, name: &'static str) -> StorageResult<Self> {
        Vec::cell(row, name).map(Scopes::stored)
    }
}

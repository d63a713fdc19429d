//! The values of a statement, owned, so that a statement can be handed to another task.

use crate::error::StorageResult;
use g8_domain::Ts;
use serde_json::value::RawValue;
use sqlx::{Arguments, postgres::PgArguments, types::Json};
use uuid::Uuid;

/// One bound value; `None` is a NULL of that type.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "each variant is its type")]
pub enum Arg {
    I64(Option<i64>),
    F64(Option<f64>),
    Text(Option<String>),
    Bytes(Option<Vec<u8>>),
    Uuid(Option<Uuid>),
    Json(Option<serde_json::Value>),
    /// JSON that is written already.
    Raw(Option<Box<RawValue>>),
}

macro_rules! from {
    ($($type:ty => $variant:ident, $value:ident => $convert:expr;)*) => {$(
        impl From<$type> for Arg {
            fn from($value: $type) -> Self { Self::$variant(Some($convert)) }
        }
        impl From<Option<$type>> for Arg {
            fn from(value: Option<$type>) -> Self { Self::$variant(value.map(|$value| $convert)) }
        }
    )*};
}

from! {
    i64 => I64, value => value;
    Ts => I64, value => value.0;
    f64 => F64, value => value;
    String => Text, value => value;
    &str => Text, value => value.to_owned();
    &String => Text, value => value.clone();
    Vec<u8> => Bytes, value => value;
    Uuid => Uuid, value => value;
    serde_json::Value => Json, value => value;
    &serde_json::Value => Json, value => value.clone();
    &Vec<String> => Json, value => value.clone().into();
    Box<RawValue> => Raw, value => value;
}

impl From<&Option<String>> for Arg {
    fn from(value: &Option<String>) -> Self {
        Self::Text(value.clone())
    }
}

/// The arguments of a statement, in the order of its placeholders.
///
/// ```
/// let args = g8_storage::args![7_i64, "Ann", None::<i64>];
/// assert_eq!(args.len(), 3);
/// ```
#[macro_export]
macro_rules! args {
    ($($arg:expr),* $(,)?) => { ::std::vec![$($crate::Arg::from($arg)),*] };
}
pub(crate) use args;

pub(crate) fn postgres(args: Vec<Arg>) -> StorageResult<PgArguments> {
    let mut filled = PgArguments::default();
    for arg in args {
        match arg {
            Arg::I64(value) => filled.add(value),
            Arg::F64(value) => filled.add(value),
            Arg::Text(value) => filled.add(value),
            Arg::Bytes(value) => filled.add(value),
            Arg::Uuid(value) => filled.add(value),
            Arg::Json(value) => filled.add(value.map(Json)),
            Arg::Raw(value) => filled.add(value.map(Json)),
        }
        .map_err(sqlx::Error::Encode)?;
    }
    Ok(filled)
}

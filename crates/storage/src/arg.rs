//! The values of a statement, owned, so that a statement can be handed to another task.

use crate::error::StorageResult;
use g8_domain::{Scopes, Ts};
use serde_json::value::RawValue;
use sqlx::{Arguments, error::BoxDynError, postgres::PgArguments, types::Json};
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
    /// Values of one variant: an array of PostgreSQL.
    List(Vec<Arg>),
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
    Vec<u8> => Bytes, value => value;
    Uuid => Uuid, value => value;
    serde_json::Value => Json, value => value;
    Vec<String> => Json, value => value.into();
    Scopes => Json, value => value.names().into();
    Box<RawValue> => Raw, value => value;
}

impl<T: Clone> From<&T> for Arg
where
    Self: From<T>,
{
    fn from(value: &T) -> Self {
        value.clone().into()
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
            Arg::List(values) => add_list(&mut filled, values),
        }
        .map_err(sqlx::Error::Encode)?;
    }
    Ok(filled)
}

/// Adds an array of the type of its first value.
fn add_list(filled: &mut PgArguments, values: Vec<Arg>) -> Result<(), BoxDynError> {
    macro_rules! all {
        ($variant:ident $(, $wrapped:ident)?) => {{
            let of = |value| match value {
                Arg::$variant(value) => value$(.map($wrapped))?,
                _ => None,
            };
            filled.add(values.into_iter().map(of).collect::<Vec<_>>())
        }};
    }
    match values.first() {
        Some(Arg::I64(_)) => all!(I64),
        Some(Arg::F64(_)) => all!(F64),
        Some(Arg::Uuid(_)) => all!(Uuid),
        Some(Arg::Bytes(_)) => all!(Bytes),
        Some(Arg::Json(_)) => all!(Json, Json),
        Some(Arg::Raw(_)) => all!(Raw, Json),
        _ => all!(Text),
    }
}

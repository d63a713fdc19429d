//! Values as they stand in a JSON text of SQLite.

use super::{FromRow, Native, Row, unreadable};
use serde::{
    Deserialize, Deserializer,
    de::{self, Visitor},
};
use std::{borrow::Cow, fmt};
use uuid::Uuid;

/// One of them; texts are read where they stand.
#[derive(Debug)]
pub enum Plain<'a> {
    /// NULL.
    Null,
    /// A whole number.
    Int(i64),
    /// A text.
    Text(Cow<'a, str>),
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Plain<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NULL, a whole number or a text")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Plain<'de>, E> {
        Ok(Plain::Null)
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Plain<'de>, E> {
        Ok(Plain::Int(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Plain<'de>, E> {
        i64::try_from(value).map(Plain::Int).map_err(E::custom)
    }

    fn visit_borrowed_str<E: de::Error>(self, value: &'de str) -> Result<Plain<'de>, E> {
        Ok(Plain::Text(Cow::Borrowed(value)))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Plain<'de>, E> {
        Ok(Plain::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_string<E: de::Error>(self, value: String) -> Result<Plain<'de>, E> {
        Ok(Plain::Text(Cow::Owned(value)))
    }
}

impl<'de> Deserialize<'de> for Plain<'de> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Reader)
    }
}

/// The statement whose one value is the rows of `sql` as a JSON list of lists of these columns, in order.
pub(crate) fn at_once(sql: &str, listed: &str) -> String {
    format!("SELECT json_group_array(json_array({listed})) FROM ({sql})")
}

/// The records of such a text.
pub(crate) fn all<T: FromRow>(text: &str) -> sqlx::Result<Vec<T>> {
    let rows: Vec<Vec<Plain<'_>>> =
        serde_json::from_str(text).map_err(|cause| unreadable("a list of rows", cause))?;
    rows.into_iter().map(|row| T::from_row(&mut Row::Plain(row.into_iter()))).collect()
}

impl Native for i64 {
    const LISTED: Option<&'static str> = Some("?");
    fn plain(value: Plain<'_>) -> Option<Self> {
        match value {
            Plain::Int(value) => Some(value),
            _ => None,
        }
    }
}

/// Written as a text: JSON's own numbers have fewer digits in SQLite.
impl Native for f64 {
    const LISTED: Option<&'static str> = Some("iif(? IS NULL, NULL, format('%!.17g', ?))");
    fn plain(value: Plain<'_>) -> Option<Self> {
        match value {
            Plain::Text(text) => text.parse().ok(),
            _ => None,
        }
    }
}

impl Native for String {
    const LISTED: Option<&'static str> = Some("?");
    fn plain(value: Plain<'_>) -> Option<Self> {
        match value {
            Plain::Text(text) => Some(text.into_owned()),
            _ => None,
        }
    }
}

/// Written in hexadecimal digits.
impl Native for Uuid {
    const LISTED: Option<&'static str> = Some("iif(? IS NULL, NULL, hex(?))");
    fn plain(value: Plain<'_>) -> Option<Self> {
        match value {
            Plain::Text(text) => Self::try_parse(&text).ok(),
            _ => None,
        }
    }
}

impl Native for Vec<u8> {
    const LISTED: Option<&'static str> = None;
    fn plain(_: Plain<'_>) -> Option<Self> {
        None
    }
}

impl<T: Native> Native for Option<T>
where
    Option<T>: for<'r> sqlx::Decode<'r, sqlx::Sqlite> + for<'r> sqlx::Decode<'r, sqlx::Postgres>,
{
    const LISTED: Option<&'static str> = T::LISTED;
    fn plain(value: Plain<'_>) -> Option<Self> {
        match value {
            Plain::Null => Some(None),
            value => T::plain(value).map(Some),
        }
    }
}

//! Small answers and arguments that several operations share.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, de::Error};
use std::borrow::Cow;

/// Something is gone.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Deleted {
    /// Always true: what was not there is a 404.
    pub deleted: bool,
}

/// Records were changed.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Updated {
    /// How many.
    pub updated: i64,
}

/// A whole number that may come as digits in a text: answers show some numbers that way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Number(pub i64);

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Either {
            Number(i64),
            Text(String),
        }
        match Either::deserialize(from)? {
            Either::Number(number) => Ok(Self(number)),
            Either::Text(digits) => digits.parse().map(Self).map_err(D::Error::custom),
        }
    }
}

impl JsonSchema for Number {
    fn schema_name() -> Cow<'static, str> {
        "Number".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["integer", "string"], "minimum": 0, "maximum": i64::MAX, "pattern": "^[0-9]{1,18}$" })
    }
}

//! Priorities: graph8's numbers, their words, and Topo's buckets of them.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use serde_json::Value;
use std::borrow::Cow;

/// A priority: 0 to 4, its word, or Topo's bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Priority {
    /// 0 none, 1 urgent, 2 high, 3 normal, 4 low.
    Number(i64),
    /// HOT, TODAY or EXTRA.
    Bucket(Bucket),
}

/// Topo's buckets of priorities (contract/platform.md B8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
#[schemars(inline)]
pub enum Bucket {
    /// Urgent and high.
    Hot,
    /// Normal.
    Today,
    /// None and low.
    Extra,
}

impl Bucket {
    /// The bucket of a priority.
    #[must_use]
    pub fn of(priority: i64) -> Self {
        match priority {
            1 | 2 => Self::Hot,
            3 => Self::Today,
            _ => Self::Extra,
        }
    }

    /// The priorities in it, the one it is stored as first.
    fn priorities(self) -> &'static [i64] {
        match self {
            Self::Hot => &[2, 1],
            Self::Today => &[3],
            Self::Extra => &[4, 0],
        }
    }
}

const WORDS: [&str; 5] = ["none", "urgent", "high", "normal", "low"];
const BUCKETS: [(&str, Bucket); 3] =
    [("HOT", Bucket::Hot), ("TODAY", Bucket::Today), ("EXTRA", Bucket::Extra)];

impl Priority {
    /// The one it is stored as.
    pub(crate) fn stored(self) -> i64 {
        self.all()[0]
    }

    /// Every one it means, as a filter.
    pub(crate) fn all(self) -> Vec<i64> {
        match self {
            Self::Number(number) => vec![number],
            Self::Bucket(bucket) => bucket.priorities().to_vec(),
        }
    }

    fn read(given: &Value) -> Option<Self> {
        if let Some(number) = given.as_i64() {
            return (0..=4).contains(&number).then_some(Self::Number(number));
        }
        let word = given.as_str()?;
        let number = WORDS.iter().position(|known| *known == word).or_else(|| word.parse().ok());
        match number {
            Some(number) if number <= 4 => i64::try_from(number).ok().map(Self::Number),
            Some(_) => None,
            None => BUCKETS.iter().find(|(known, _)| *known == word).map(|(_, bucket)| Self::Bucket(*bucket)),
        }
    }
}

impl Serialize for Priority {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(number) => number.serialize(to),
            Self::Bucket(bucket) => bucket.serialize(to),
        }
    }
}

impl<'de> Deserialize<'de> for Priority {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let given = Value::deserialize(from)?;
        Self::read(&given).ok_or_else(|| D::Error::custom("a priority is 0 to 4, or its word"))
    }
}

impl JsonSchema for Priority {
    fn schema_name() -> Cow<'static, str> {
        "Priority".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": ["integer", "string"],
            "enum": [0, 1, 2, 3, 4, "0", "1", "2", "3", "4", "none", "urgent", "high", "normal", "low",
                     "HOT", "TODAY", "EXTRA"],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn priorities_come_as_numbers_words_and_buckets() {
        let stored = |given: Value| serde_json::from_value::<Priority>(given).ok().map(Priority::stored);
        assert_eq!(stored(json!(1)), Some(1));
        assert_eq!(stored(json!("2")), Some(2));
        assert_eq!(stored(json!("high")), Some(2));
        assert_eq!(stored(json!("HOT")), Some(2));
        for bad in [json!(5), json!(-1), json!("9"), json!("warm"), json!(true)] {
            assert_eq!(stored(bad.clone()), None, "{bad}");
        }
        for priority in 0..=4 {
            assert!(Priority::Bucket(Bucket::of(priority)).all().contains(&priority));
        }
    }
}

//! Words and ids that come in several published spellings.

use g8_domain::{Error, Result, Ts, record::TaskStatus};
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
    pub(super) fn stored(self) -> i64 {
        self.all()[0]
    }

    /// Every one it means, as a filter.
    pub(super) fn all(self) -> Vec<i64> {
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

/// A status in graph8's words or in Topo's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Status(pub TaskStatus);

impl Serialize for Status {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(to)
    }
}

impl<'de> Deserialize<'de> for Status {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let word = String::deserialize(from)?.to_lowercase();
        let word = if word == "pending" { "open" } else { &word };
        TaskStatus::from_word(word).map(Self).ok_or_else(|| D::Error::custom("no status of a task"))
    }
}

impl JsonSchema for Status {
    fn schema_name() -> Cow<'static, str> {
        "TaskStatusWord".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "enum": ["open", "in_progress", "completed", "skipped", "PENDING", "IN_PROGRESS", "COMPLETED", "SKIPPED"],
        })
    }
}

/// The id of a record of any type: a whole number or a UUID.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordId(pub String);

impl Serialize for RecordId {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(to)
    }
}

impl<'de> Deserialize<'de> for RecordId {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        match Value::deserialize(from)? {
            Value::String(text) => Ok(Self(text.trim().to_lowercase())),
            Value::Number(number) => Ok(Self(number.to_string())),
            _ => Err(D::Error::custom("an id is a number or a text")),
        }
    }
}

impl JsonSchema for RecordId {
    fn schema_name() -> Cow<'static, str> {
        "RecordId".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "integer"], "maxLength": 64 })
    }
}

/// The types of records that a task can be about (contract/platform.md §10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum EntityType {
    /// A person.
    Contact,
    /// A company.
    Company,
    /// A deal.
    Deal,
    /// A colleague.
    TeamMember,
    /// Somebody not yet qualified.
    Lead,
    /// An application.
    Application,
}

impl EntityType {
    /// The word as stored and sent.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Contact => "contact",
            Self::Company => "company",
            Self::Deal => "deal",
            Self::TeamMember => "team_member",
            Self::Lead => "lead",
            Self::Application => "application",
        }
    }
}

/// A record that a task is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(inline)]
pub struct RecordRef {
    /// What it is
    pub entity_type: EntityType,
    /// Its id
    pub entity_id: RecordId,
}

impl RecordRef {
    /// A person.
    pub(super) fn contact(id: i64) -> Self {
        Self { entity_type: EntityType::Contact, entity_id: RecordId(id.to_string()) }
    }

    /// As it is stored: `contact:5`.
    pub(super) fn subject(&self) -> String {
        format!("{}:{}", self.entity_type.word(), self.entity_id.0)
    }
}

/// A pair of type and id that must come together, or not at all.
///
/// # Errors
/// Only one of them is given.
pub(super) fn pair(kind: Option<EntityType>, id: Option<RecordId>) -> Result<Option<RecordRef>> {
    match (kind, id) {
        (Some(entity_type), Some(entity_id)) => Ok(Some(RecordRef { entity_type, entity_id })),
        (None, None) => Ok(None),
        (Some(_), None) => Err(Error::field("entity_id", "is required with `entity_type`")),
        (None, Some(_)) => Err(Error::field("entity_type", "is required with `entity_id`")),
    }
}

/// A day or a moment, as people and programs write them; a day begins at midnight UTC.
///
/// # Errors
/// It is neither.
pub(super) fn due(text: &str) -> Result<Ts> {
    let bad = || Error::field("due_date", "must be a day or a time, like 2026-11-30 or 2026-11-30T09:00:00Z");
    let text = text.trim();
    if let Ok(day) = text.parse::<chrono::NaiveDate>() {
        return day.and_hms_opt(0, 0, 0).map(|at| at.and_utc().into()).ok_or_else(bad);
    }
    let at = chrono::DateTime::parse_from_rfc3339(text).map_err(|_| bad())?;
    Ok(at.to_utc().into())
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

    #[test]
    fn days_and_moments_are_due_dates() {
        assert_eq!(due("2026-11-30").unwrap(), due("2026-11-30T01:00:00+01:00").unwrap());
        assert!(due("soon").is_err() && due("2026-02-30").is_err());
    }
}

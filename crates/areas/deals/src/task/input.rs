//! Statuses, ids and days that come in several published spellings.

use g8_domain::{Error, Result, Ts, record::TaskStatus};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use serde_json::Value;
use std::borrow::Cow;

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

    #[test]
    fn days_and_moments_are_due_dates() {
        assert_eq!(due("2026-11-30").unwrap(), due("2026-11-30T01:00:00+01:00").unwrap());
        assert!(due("soon").is_err() && due("2026-02-30").is_err());
    }
}

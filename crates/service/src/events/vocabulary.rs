//! Every kind of event by its name: what it is, its JSON Schema, an example, and how a stored one reads.

use super::{Event, Events, register};
use schemars::generate::SchemaSettings;
use serde_json::Value;
use std::sync::OnceLock;

/// One kind of event.
pub struct Kind {
    /// The published name.
    pub name: &'static str,
    /// Other published names of the same.
    pub also: &'static [&'static str],
    /// One line for people.
    pub about: &'static str,
    schema: fn() -> Value,
    example: fn() -> Value,
    whole: fn(Value) -> Option<Value>,
}

impl Kind {
    /// The part of the name before the dot.
    #[must_use]
    pub fn category(&self) -> &'static str {
        self.name.split('.').next().unwrap_or_default()
    }

    /// The JSON Schema of its `data` (draft 2020-12).
    #[must_use]
    pub fn schema(&self) -> Value {
        (self.schema)()
    }

    /// The `data` of one.
    #[must_use]
    pub fn example(&self) -> Value {
        (self.example)()
    }
}

struct Vocabulary(Vec<Kind>);

impl Events for Vocabulary {
    fn add<E: Event>(&mut self) {
        self.0.push(Kind {
            name: E::NAME,
            also: E::ALSO,
            about: E::ABOUT,
            schema: || {
                // What is said in an event is what is sent, never what may be left out of a request.
                let settings = SchemaSettings::draft2020_12().for_serialize();
                settings
                    .with(|settings| settings.inline_subschemas = true)
                    .into_generator()
                    .into_root_schema_for::<E>()
                    .to_value()
            },
            example: || serde_json::to_value(E::example()).unwrap_or_default(),
            whole: |data| serde_json::to_value(serde_json::from_value::<E>(data).ok()?).ok(),
        });
    }
}

/// Every kind of event, in the order in which they are shown.
#[must_use]
pub fn vocabulary() -> &'static [Kind] {
    static KINDS: OnceLock<Vec<Kind>> = OnceLock::new();
    KINDS.get_or_init(|| {
        let mut vocabulary = Vocabulary(Vec::new());
        register(&mut vocabulary);
        vocabulary.0
    })
}

/// The kind that a published name means, in whichever of its spellings.
#[must_use]
pub fn kind(name: &str) -> Option<&'static Kind> {
    vocabulary().iter().find(|kind| kind.name == name || kind.also.contains(&name))
}

/// What an event said, as it is shown: fields that were null are stored by leaving them out.
#[must_use]
pub fn shown(name: &str, data: Value) -> Value {
    let whole = kind(name).and_then(|kind| (kind.whole)(data.clone()));
    whole.unwrap_or(data)
}

/// What is stored of what an event says.
#[must_use]
pub(super) fn stored(data: Value) -> Value {
    match data {
        Value::Object(fields) => {
            let kept = fields.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(kept.map(|(name, value)| (name, stored(value))).collect())
        }
        other => other,
    }
}

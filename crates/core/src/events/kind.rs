//! Every kind of event by its name: what it is, its JSON Schema, an example, and how an old stored one reads.

use super::Event;
use schemars::generate::SchemaSettings;
use serde_json::Value;
use std::any::TypeId;

/// One kind of event without its type. An area makes its own in a `static`.
#[derive(Clone, Copy)]
pub struct EventKind {
    /// The published name.
    pub name: &'static str,
    /// Other published names of the same.
    pub aliases: &'static [&'static str],
    /// One line for people.
    pub about: &'static str,
    /// The version of its payload that this program emits.
    pub version: u16,
    schema: fn() -> Value,
    example: fn() -> Value,
    whole: fn(Value) -> Option<Value>,
    type_id: fn() -> TypeId,
}

impl EventKind {
    /// That of an event.
    #[must_use]
    pub const fn of<E: Event>() -> Self {
        Self {
            name: E::NAME,
            aliases: E::ALIASES,
            about: E::ABOUT,
            version: E::VERSION,
            schema: schema::<E>,
            example: || serde_json::to_value(E::example()).unwrap_or_default(),
            whole: |data| serde_json::to_value(serde_json::from_value::<E>(data).ok()?).ok(),
            type_id: TypeId::of::<E>,
        }
    }

    /// Whether it is that of this event, and not of another that takes its name.
    #[must_use]
    pub fn is<E: Event>(&self) -> bool {
        (self.type_id)() == TypeId::of::<E>()
    }

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

fn schema<E: Event>() -> Value {
    // What is said in an event is what is sent, never what may be left out of a request.
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let settings = settings.with(|settings| settings.inline_subschemas = true);
    settings.into_generator().into_root_schema_for::<E>().to_value()
}

/// Every kind of event that a program has.
pub struct Vocabulary(Vec<&'static EventKind>);

impl Vocabulary {
    pub(crate) fn new(kinds: Vec<&'static EventKind>) -> Self {
        Self(kinds)
    }

    /// All of them, in the order in which they are shown.
    pub fn kinds(&self) -> impl Iterator<Item = &'static EventKind> {
        self.0.iter().copied()
    }

    /// The kind that a published name means, in whichever of its spellings.
    #[must_use]
    pub fn kind(&self, name: &str) -> Option<&'static EventKind> {
        self.kinds().find(|kind| kind.name == name || kind.aliases.contains(&name))
    }

    /// What a stored event said. Releases before versions left out what was null: of their events it comes back by the
    /// kind's own fields.
    #[must_use]
    pub fn shown(&self, (name, version): (&str, i64), data: Value) -> Value {
        if version > 0 {
            return data;
        }
        let whole = self.kind(name).and_then(|kind| (kind.whole)(data.clone()));
        whole.unwrap_or(data)
    }
}

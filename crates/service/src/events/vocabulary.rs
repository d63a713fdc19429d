//! Every kind of event by its name: what it is, its JSON Schema, an example, and how a stored one reads.

use super::{Event, Events, register};
use g8_domain::{Error, Result};
use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde_json::{Value, value::RawValue};
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
///
/// # Errors
/// It cannot be written as JSON: a fault of ours.
pub(super) fn stored(said: &impl Serialize) -> Result<Box<RawValue>> {
    let text = serde_json::to_string(said).map_err(Error::internal)?;
    RawValue::from_string(without_nulls(&text)).map_err(Error::internal)
}

/// A JSON text without the fields that are null, lists left as they are. It is serde's own, without
/// blanks: making a tree of values to take some out costs an import more than everything else it does.
fn without_nulls(text: &str) -> String {
    let (mut kept, mut rest, mut lists) = (String::with_capacity(text.len()), text, 0_usize);
    while let Some(first) = rest.bytes().next() {
        let (token, after) = rest.split_at(if first == b'"' { quoted(rest) } else { 1 });
        rest = after;
        match first {
            b'[' => lists += 1,
            b']' => lists = lists.saturating_sub(1),
            b'"' if lists == 0 && rest.starts_with(":null") => {
                rest = &rest[":null".len()..];
                // One of the two commas around it goes with it.
                match rest.strip_prefix(',') {
                    Some(next) => rest = next,
                    None if kept.ends_with(',') => drop(kept.pop()),
                    None => {}
                }
                continue;
            }
            _ => {}
        }
        kept.push_str(token);
    }
    kept
}

/// How long the quoted text is that `text` begins with.
fn quoted(text: &str) -> usize {
    let mut escaped = false;
    let end = text.bytes().skip(1).position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    end.map_or(text.len(), |end| end + 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    /// The same by way of a tree.
    fn pruned(data: Value) -> Value {
        match data {
            Value::Object(fields) => {
                let kept = fields.into_iter().filter(|(_, value)| !value.is_null());
                Value::Object(kept.map(|(name, value)| (name, pruned(value))).collect())
            }
            other => other,
        }
    }

    fn trees() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            "[a\"\\\\:,null{}\\[\\]é]{0,8}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::hash_map("[a\":null\\\\]{0,6}", inner, 0..5)
                    .prop_map(|fields| Value::Object(fields.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_null_is_left_out_and_nothing_else(tree in trees()) {
            let kept: Value = serde_json::from_str(stored(&tree).unwrap().get()).unwrap();
            prop_assert_eq!(kept, pruned(tree));
        }
    }

    #[test]
    fn lists_keep_their_nulls() {
        let kept = stored(&json!({ "a": null, "b": [null, { "c": null }], "d": { "e": null }, "f": null }));
        assert_eq!(kept.unwrap().get(), r#"{"b":[null,{"c":null}],"d":{}}"#);
    }
}

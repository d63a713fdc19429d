//! Schemas of arguments in as few words as an assistant needs. Every word of every tool is read before anything
//! is asked. What is left out is still held to: lengths and ranges are told when they are broken.

use crate::schema::without_null;
use serde_json::{Map, Value, json};

/// The schema of a tool's arguments.
pub fn input(schema: &Value) -> Value {
    let mut fields = schema["properties"].as_object().cloned().unwrap_or_default();
    // Whoever has a cursor needs no numbers of pages.
    if fields.contains_key("cursor") {
        fields.remove("page");
    }
    let mut shown = Map::new();
    shown.insert("type".to_owned(), "object".into());
    if fields.is_empty() {
        shown.insert("additionalProperties".to_owned(), false.into());
    }
    shown.insert("properties".to_owned(), properties(fields, without_null));
    if let Some(required) = schema.get("required") {
        shown.insert("required".to_owned(), required.clone());
    }
    Value::Object(shown)
}

fn properties(fields: Map<String, Value>, first: fn(Value) -> Value) -> Value {
    let shown = |(name, field): (String, Value)| {
        let mut field = brief(first(field));
        if let Some(field) = field.as_object_mut()
            && field
                .get("description")
                .and_then(Value::as_str)
                .is_some_and(|about| says_no_more(&name, about))
        {
            field.remove("description");
        }
        (name, field)
    };
    Value::Object(fields.into_iter().map(shown).collect())
}

/// Whether a description only repeats the field's name: `contact_id`, "Id of the contact".
fn says_no_more(name: &str, about: &str) -> bool {
    let (name, about) = (name.to_lowercase(), about.to_lowercase());
    let known: Vec<&str> = name.split('_').chain(["of", "the", "a", "an", "its"]).collect();
    about
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .all(|word| known.contains(&word))
}

/// Bounds beyond this are there to protect us, and nobody meets them by chance.
const FAR: i64 = 1_000_000;

fn brief(schema: Value) -> Value {
    let Value::Object(object) = schema else { return schema };
    // A number that may come as text is a number; texts are read as numbers anyway.
    let is_number = object.contains_key("pattern") && object.contains_key("minimum");
    let mut said = Map::new();
    for (name, value) in object {
        let value = match (name.as_str(), value) {
            ("type", Value::Array(kinds)) if is_number && kinds.contains(&json!("integer")) => {
                json!("integer")
            }
            ("minimum", value) if value.as_i64().is_none_or(|least| least > 1) => value,
            ("maximum", value) if value.as_i64().is_none_or(|most| most < FAR) => value,
            (word, _) if LEFT_OUT.contains(&word) => continue,
            ("properties", Value::Object(fields)) => properties(fields, |field| field),
            ("anyOf" | "oneOf" | "allOf", Value::Array(options)) => {
                Value::Array(options.into_iter().map(brief).collect())
            }
            ("items" | "additionalProperties", value) => brief(value),
            (_, value) => value,
        };
        said.insert(name, value);
    }
    if said.get("additionalProperties") == Some(&false.into()) {
        said.remove("additionalProperties");
    }
    nullable(&mut said);
    Value::Object(said)
}

const LEFT_OUT: [&str; 15] = [
    "format",
    "default",
    "pattern",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
    "uniqueItems",
    "minimum",
    "maximum",
    "x-alias",
    "x-each",
    "x-ignored",
];

/// `type: [x, y]` as `anyOf`, which every client understands.
fn nullable(object: &mut Map<String, Value>) {
    let Some(Value::Array(kinds)) = object.get("type") else { return };
    let options: Vec<Value> = kinds.iter().map(|kind| json!({ "type": kind })).collect();
    object.remove("type");
    object.insert("anyOf".to_owned(), Value::Array(options));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_model_needs_stays() {
        let schema = json!({ "type": "object", "additionalProperties": false, "required": ["contact_id"], "properties": {
            "contact_id": { "type": "integer", "format": "int64", "description": "Id of the contact" },
            "format": { "type": "string", "enum": ["csv", "json"], "description": "Kind of file" },
            "chance": { "type": ["integer", "null"], "minimum": 0, "maximum": 100 },
            "size": { "type": ["integer", "string", "null"], "minimum": 0, "maximum": i64::MAX, "pattern": "^[0-9]+$" },
            "either": { "type": ["string", "boolean", "null"], "maxLength": 9 },
            "page": { "type": "integer" }, "cursor": { "type": "string", "maxLength": 128 },
        } });
        assert_eq!(
            input(&schema),
            json!({ "type": "object", "required": ["contact_id"], "properties": {
            "contact_id": { "type": "integer" },
            "format": { "type": "string", "enum": ["csv", "json"], "description": "Kind of file" },
            "chance": { "type": "integer", "maximum": 100 },
            "size": { "type": "integer" },
            "either": { "anyOf": [{ "type": "string" }, { "type": "boolean" }] },
            "cursor": { "type": "string" },
        } })
        );
        assert_eq!(input(&json!({ "type": "object" }))["additionalProperties"], false);
    }
}

//! Names that are published elsewhere and mean nothing here: `x-ignored` of an object's schema. They are taken
//! and dropped before anything is checked, and no help and no tool shows them.

use serde_json::Value;

const WORD: &str = "x-ignored";

/// Whether a schema has any, at any depth.
pub fn any(schema: &Value) -> bool {
    match schema {
        Value::Object(object) => object.contains_key(WORD) || object.values().any(any),
        Value::Array(items) => items.iter().any(any),
        _ => false,
    }
}

/// Drops them.
pub fn drop_from(value: &mut Value, schema: &Value) {
    match value {
        Value::Object(object) => {
            for name in schema[WORD].as_array().into_iter().flatten().filter_map(Value::as_str) {
                object.remove(name);
            }
            for (name, value) in object {
                drop_from(value, &schema["properties"][name.as_str()]);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| drop_from(item, &schema["items"])),
        _ => {}
    }
}

//! What the doors make of the operations' schemas.

use serde_json::{Value, json};

/// The same schema of a field where null cannot be sent or means the same as leaving it out.
pub(crate) fn without_null(mut schema: Value) -> Value {
    if let Some(kinds) = schema["type"].as_array_mut() {
        kinds.retain(|kind| kind != "null");
        if let [one] = kinds.as_slice() {
            schema["type"] = one.clone();
        }
    }
    if let Some(values) = schema.get_mut("enum").and_then(Value::as_array_mut) {
        values.retain(|value| !value.is_null());
    }
    if let Some(any) = schema.get_mut("anyOf").and_then(Value::as_array_mut) {
        any.retain(|one| one["type"] != "null");
        if let [one] = any.as_mut_slice() {
            let mut one = one.take();
            let description = schema.get("description").cloned();
            if let (Some(one), Some(description)) = (one.as_object_mut(), description) {
                one.insert("description".to_owned(), description);
            }
            return one;
        }
    }
    schema
}

/// The schema without the words that only our own checks read.
pub(crate) fn published(mut schema: Value) -> Value {
    let Some(object) = schema.as_object_mut() else { return schema };
    object.remove("x-alias");
    object.remove("x-each");
    let ignored = object.remove("x-ignored");
    if let Some(fields) = object.get_mut("properties").and_then(Value::as_object_mut) {
        for name in ignored.iter().filter_map(Value::as_array).flatten().filter_map(Value::as_str) {
            fields.insert(name.to_owned(), json!({ "description": "Taken and left alone" }));
        }
    }
    if let Some(items) = object.get_mut("items") {
        *items = published(items.take());
    }
    schema
}

//! Schemas said in the plainest words: assistants read them, and faults are told in their terms.

use serde_json::{Map, Value, json};

/// Closes objects, and says choices and optional values without `oneOf` and `anyOf`.
pub fn simplify(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            object.values_mut().for_each(simplify);
            choices(object);
            optional(object);
            close(object);
        }
        Value::Array(items) => items.iter_mut().for_each(simplify),
        _ => {}
    }
}

/// An object with declared properties takes no others: a typo is a fault, not a silence.
fn close(object: &mut Map<String, Value>) {
    if object.get("type").is_some_and(|kind| kind == "object") {
        object.entry("additionalProperties").or_insert(Value::Bool(false));
    }
}

/// `oneOf` several constants is an `enum`.
fn choices(object: &mut Map<String, Value>) {
    let constants = object.get("oneOf").and_then(Value::as_array).and_then(|options| {
        options.iter().map(|option| option.get("const").cloned()).collect::<Option<Vec<Value>>>()
    });
    if let Some(constants) = constants {
        object.remove("oneOf");
        object.insert("type".to_owned(), "string".into());
        object.insert("enum".to_owned(), Value::Array(constants));
    }
}

/// `anyOf` something and null is that thing with null among its types.
fn optional(object: &mut Map<String, Value>) {
    let Some([Value::Object(inner), null]) = object.get("anyOf").and_then(Value::as_array).map(Vec::as_slice)
    else {
        return;
    };
    if null["type"] != "null" {
        return;
    }
    let mut inner = inner.clone();
    object.remove("anyOf");
    if let Some(kind) = inner.get_mut("type") {
        *kind = match kind.take() {
            Value::Array(kinds) => Value::Array(kinds.into_iter().chain([json!("null")]).collect()),
            one => json!([one, "null"]),
        };
    }
    if let Some(values) = inner.get_mut("enum").and_then(Value::as_array_mut) {
        values.push(Value::Null);
    }
    for (name, value) in inner {
        object.entry(name).or_insert(value);
    }
}

//! Texts from query strings, flags and assistants, as the values their fields take.

use serde_json::Value;

/// `text` as a value of `schema`, or still a text when it does not fit.
pub fn text(schema: &Value, text: &str) -> Value {
    let takes = |kind: &str| match &schema["type"] {
        Value::String(one) => one == kind,
        Value::Array(several) => several.iter().any(|one| one == kind),
        _ => false,
    };
    let parsed = || serde_json::from_str::<Value>(text).ok();
    let fitting = if takes("array") {
        if text.trim_start().starts_with('[') { parsed() } else { Some(list(&schema["items"], text)) }
    } else if takes("object") {
        parsed().filter(Value::is_object)
    } else if takes("string") {
        None
    } else if takes("boolean") {
        parsed().filter(Value::is_boolean)
    } else if takes("integer") || takes("number") {
        parsed().filter(Value::is_number)
    } else {
        None
    };
    fitting.unwrap_or_else(|| Value::String(text.to_owned()))
}

fn list(items: &Value, given: &str) -> Value {
    let parts = given.split(',').map(str::trim).filter(|part| !part.is_empty());
    Value::Array(parts.map(|part| text(items, part)).collect())
}

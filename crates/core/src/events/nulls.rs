//! Data without what is null, for views that show only what was said.

use serde_json::Value;

/// The same without fields that are null, in objects within objects too; lists stay as they are.
#[must_use]
pub fn without_nulls(data: Value) -> Value {
    match data {
        Value::Object(fields) => {
            let said = fields.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(said.map(|(name, value)| (name, without_nulls(value))).collect())
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn lists_keep_their_nulls() {
        let said =
            without_nulls(json!({ "a": null, "b": [null, { "c": null }], "d": { "e": null }, "f": null }));
        assert_eq!(said, json!({ "b": [null, { "c": null }], "d": {} }));
    }
}

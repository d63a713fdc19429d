//! What a schema violation is called: the field, and the way out.

use super::ValidationErrorKind as Violation;
use g8_domain::Issue;
use jsonschema::{ValidationError, error::TypeKind};
use serde_json::Value;

/// `/contacts/3/work_email` as `contacts[3].work_email`.
pub fn path(pointer: &str) -> String {
    let mut path = String::new();
    for part in pointer.split('/').skip(1) {
        let part = part.replace("~1", "/").replace("~0", "~");
        if part.bytes().all(|byte| byte.is_ascii_digit()) && !part.is_empty() {
            path.push_str(&format!("[{part}]"));
        } else {
            path.push_str(if path.is_empty() { "" } else { "." });
            path.push_str(&part);
        }
    }
    path
}

fn below(path: &str, field: &str) -> String {
    if path.is_empty() { field.to_owned() } else { format!("{path}.{field}") }
}

/// The issues one violation amounts to.
pub fn issues(path: &str, error: &ValidationError<'_>, issues: &mut Vec<Issue>) {
    let mut add = |field: &str, problem: String| issues.push(Issue::new(field, problem));
    match error.kind() {
        Violation::AdditionalProperties { unexpected } => {
            for name in unexpected {
                add(&below(path, name), "is not a field of this request".into());
            }
        }
        Violation::Required { property } => {
            add(&below(path, property.as_str().unwrap_or_default()), "is required".into());
        }
        Violation::Type { kind } => add(path, format!("must be {}", kinds(kind))),
        Violation::MaxLength { limit } => add(path, format!("must have at most {limit} characters")),
        Violation::MinLength { limit: 1 } => add(path, "must not be empty".into()),
        Violation::MinLength { limit } => add(path, format!("must have at least {limit} characters")),
        Violation::MaxItems { limit } => add(path, format!("must have at most {limit} elements")),
        Violation::MinItems { limit: 1 } => add(path, "must have at least one element".into()),
        Violation::MinItems { limit } => add(path, format!("must have at least {limit} elements")),
        Violation::Minimum { limit } => add(path, format!("must be at least {limit}")),
        Violation::Maximum { limit } => add(path, format!("must be at most {limit}")),
        Violation::Enum { options } => add(path, format!("must be one of {}", choices(options))),
        // The library's own words quote the value, which may be long or secret.
        other => add(path, format!("breaks the rule {}", other.keyword())),
    }
}

fn choices(options: &Value) -> String {
    let options = options.as_array().into_iter().flatten();
    let words: Vec<&str> = options.filter_map(Value::as_str).collect();
    words.join(", ")
}

fn kinds(kind: &TypeKind) -> String {
    let word = |kind: &str| match kind {
        "integer" => "a whole number",
        "number" => "a number",
        "boolean" => "true or false",
        "array" => "a list",
        "object" => "an object",
        "null" => "null",
        _ => "a text",
    };
    let names: Vec<String> = match kind {
        TypeKind::Single(one) => vec![one.to_string()],
        TypeKind::Multiple(several) => several.iter().map(|one| one.to_string()).collect(),
    };
    let mut words: Vec<&str> = names.iter().filter(|name| *name != "null").map(|name| word(name)).collect();
    words.dedup();
    words.join(" or ")
}

/// Finds NUL characters, which PostgreSQL cannot store and no field means.
pub fn nul_bytes(value: &Value, path: &str, issues: &mut Vec<Issue>) {
    match value {
        Value::String(text) if text.contains('\0') => {
            issues.push(Issue::new(path, "must not contain NUL characters"));
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                nul_bytes(item, &format!("{path}[{at}]"), issues);
            }
        }
        Value::Object(fields) => {
            for (name, value) in fields {
                if name.contains('\0') {
                    issues.push(Issue::new(path, "must not contain names with NUL characters"));
                }
                nul_bytes(value, &below(path, name), issues);
            }
        }
        _ => {}
    }
}

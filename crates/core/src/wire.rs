//! How arguments travel over HTTP: placeholders in the path, the rest in the query or the body.
//!
//! One rule for both ends: the client sends by it, the server reads by it, OpenAPI describes it.

use crate::{Args, Shape, Spec};
use g8_domain::{Error, Result};
use serde_json::Value;

/// A request in parts.
#[derive(Debug, PartialEq)]
pub struct WireRequest {
    /// The path below the mount, filled in and percent-encoded.
    pub path: String,
    /// The query's fields.
    pub query: Vec<(String, String)>,
    /// The body's fields, for operations whose arguments travel there.
    pub body: Option<Args>,
}

/// Places arguments by an operation's declaration.
///
/// # Errors
/// A placeholder without a value.
pub fn send(spec: &Spec, mut args: Args) -> Result<WireRequest> {
    let mut path = String::new();
    for part in spec.path.split('/').skip(1) {
        path.push('/');
        match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
            Some(name) => {
                let value = args.remove(name).filter(|value| !value.is_null());
                let value = value.ok_or_else(|| Error::field(name, "is required"))?;
                path.push_str(&encode(&text(&value)));
            }
            None => path.push_str(part),
        }
    }
    if spec.in_query {
        let given = args.into_iter().filter(|(_, value)| !value.is_null());
        return Ok(WireRequest {
            path,
            query: given.map(|(name, value)| (name, text(&value))).collect(),
            body: None,
        });
    }
    Ok(WireRequest { path, query: Vec::new(), body: Some(args) })
}

/// Collects arguments from the parts of a request. Each place may hold any field; none may hold one twice.
///
/// # Errors
/// A body that is not a JSON object; a field in two places.
pub fn receive(
    shape: &Shape,
    path: Vec<(String, String)>,
    query: Vec<(String, String)>,
    body: &[u8],
) -> Result<Args> {
    let mut args = body_args(body)?;
    for (name, value) in path {
        let value = shape.value(&name, &value);
        if args.insert(name.clone(), value).is_some() {
            return Err(Error::field(name, "is in the path already; leave it out of the body"));
        }
    }
    for (name, value) in query {
        let value = shape.value(&name, &value);
        match (args.get_mut(&name), value) {
            // A list may repeat its parameter.
            (Some(Value::Array(list)), Value::Array(more)) => list.extend(more),
            (Some(_), _) => return Err(Error::field(name, "is given twice")),
            (None, value) => drop(args.insert(name, value)),
        }
    }
    Ok(args)
}

fn body_args(body: &[u8]) -> Result<Args> {
    // An empty body and `{}` are the same (published clients send `Content-Length: 0`).
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok(Args::new());
    }
    match serde_json::from_slice(body) {
        Ok(Value::Object(args)) => Ok(args),
        Ok(_) => Err(Error::field("", "The body must be a JSON object")),
        Err(error) => Err(Error::field("", format!("The body is not valid JSON: {error}"))),
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) if items.iter().all(|item| !item.is_object() && !item.is_array()) => {
            items.iter().map(text).collect::<Vec<_>>().join(",")
        }
        other => other.to_string(),
    }
}

/// Percent-encodes a path segment (RFC 3986 §2.3: everything but unreserved characters).
fn encode(segment: &str) -> String {
    let mut encoded = String::new();
    for byte in segment.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

//! The document as a page that needs no script and no internet.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::{Map, Value};

const STYLE: &str = "
:root{color-scheme:light dark;--line:color-mix(in srgb,currentColor 18%,transparent)}
body{font:16px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem}
nav a{margin-right:.8rem}h2{margin-top:3rem;text-transform:capitalize}
details{border:1px solid var(--line);border-radius:.5rem;margin:.5rem 0;padding:.6rem .9rem}
summary{cursor:pointer}code{font:14px ui-monospace,monospace}
.verb{display:inline-block;min-width:4.2rem;font-weight:700}
table{border-collapse:collapse;width:100%;margin:.6rem 0}
td,th{text-align:left;vertical-align:top;border-top:1px solid var(--line);padding:.3rem .6rem .3rem 0}
pre{overflow:auto;padding:.6rem;border:1px solid var(--line);border-radius:.4rem}";

/// Renders the document.
#[must_use]
pub fn page(document: &Value) -> String {
    let server = document["servers"][0]["url"].as_str().unwrap_or_default();
    let operations: Vec<(&str, &str, &Value)> = entries(&document["paths"])
        .flat_map(|(path, item)| entries(item).map(move |(verb, operation)| (verb, path, operation)))
        .collect();
    let mut tags: Vec<&str> =
        operations.iter().filter_map(|(_, _, operation)| operation["tags"][0].as_str()).collect();
    tags.dedup();
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width,initial-scale=1";
                title { "g8 API" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                h1 { "g8 API " small { (document["info"]["version"].as_str().unwrap_or_default()) } }
                p { "Send " code { "Authorization: Bearer <api key>" } " with every request. The same routes are served under "
                    code { "/api/v1" } " and " code { "/v1" } ". The machine-readable document is "
                    a href="openapi.json" { "openapi.json" } "." }
                nav { @for tag in &tags { a href={ "#" (tag) } { (tag) } } }
                @for tag in &tags {
                    h2 id=(tag) { (tag) }
                    @for (verb, path, operation) in operations.iter().filter(|(_, _, operation)| operation["tags"][0] == *tag) {
                        (section(server, verb, path, operation))
                    }
                }
            }
        }
    };
    page.into_string()
}

fn section(server: &str, verb: &str, path: &str, operation: &Value) -> Markup {
    let scopes: Vec<&str> =
        operation["x-scopes"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let body = &operation["requestBody"]["content"]["application/json"]["schema"];
    html! {
        details id=(operation["operationId"].as_str().unwrap_or_default()) {
            summary {
                span.verb { (verb.to_uppercase()) } code { (path) } " – " (operation["summary"].as_str().unwrap_or_default())
            }
            p { "Scope: " @if scopes.is_empty() { "any valid key" } @else { code { (scopes.join(" or ")) } } }
            table {
                tr { th { "Field" } th { "In" } th { "Type" } th { "Meaning" } }
                @for parameter in operation["parameters"].as_array().into_iter().flatten() {
                    (field(parameter["name"].as_str().unwrap_or_default(), parameter["in"].as_str().unwrap_or_default(),
                        &parameter["schema"], parameter["description"].as_str(), parameter["required"] == true))
                }
                @for (name, schema) in entries(&body["properties"]) {
                    (field(name, "body", schema, schema["description"].as_str(), requires(body, name)))
                }
            }
            pre { code { (curl(server, verb, path, body)) } }
        }
    }
}

fn field(name: &str, place: &str, schema: &Value, about: Option<&str>, required: bool) -> Markup {
    html! {
        tr {
            td { code { (name) } @if required { " *" } }
            td { (place) }
            td { (kind(schema)) }
            td { (about.unwrap_or_default()) }
        }
    }
}

fn kind(schema: &Value) -> String {
    if let Some(options) = schema["enum"].as_array() {
        return options.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" | ");
    }
    match &schema["type"] {
        Value::String(kind) => kind.clone(),
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" | "),
        _ => String::new(),
    }
}

fn requires(schema: &Value, name: &str) -> bool {
    schema["required"].as_array().is_some_and(|names| names.iter().any(|required| required == name))
}

fn curl(server: &str, verb: &str, path: &str, body: &Value) -> String {
    let mut line =
        format!("curl -X {} -H \"Authorization: Bearer $G8_API_KEY\" '{server}{path}'", verb.to_uppercase());
    if body.is_object() {
        let example: Map<String, Value> = entries(&body["properties"])
            .filter(|(name, _)| requires(body, name))
            .map(|(name, schema)| (name.to_owned(), example(schema)))
            .collect();
        line.push_str(&format!(" \\\n  -H 'Content-Type: application/json' -d '{}'", Value::Object(example)));
    }
    line
}

fn example(schema: &Value) -> Value {
    match schema["type"].as_str() {
        Some("integer" | "number") => 1.into(),
        Some("boolean") => true.into(),
        Some("array") => Value::Array(vec![example(&schema["items"])]),
        Some("object") => Value::Object(Map::new()),
        _ => "…".into(),
    }
}

fn entries(object: &Value) -> impl Iterator<Item = (&str, &Value)> {
    object.as_object().into_iter().flatten().map(|(name, value)| (name.as_str(), value))
}

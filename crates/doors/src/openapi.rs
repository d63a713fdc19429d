//! OpenAPI 3.1, and a page to read it on.

mod page;

pub use page::page;

use crate::schema::{published, without_null};
use g8_core::{Action, Body, Shape, Spec, Verb};
use g8_domain::ErrorKind;
use schemars::{SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

/// The whole document of these operations.
#[must_use]
pub fn document(operations: &[Action], public_url: &str) -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    let mut door = OpenApi { schemas: settings.into_generator(), paths: Map::new() };
    operations.iter().for_each(|action| door.add(*action));
    let responses: Map<String, Value> = ERRORS
        .iter()
        .map(|(kind, when)| {
            let content =
                json!({ "application/json": { "schema": { "$ref": "#/components/schemas/Error" } } });
            (kind.status().to_string(), json!({ "description": when, "content": content }))
        })
        .collect();
    let mut schemas = door.schemas.take_definitions(true);
    schemas.insert("Error".to_owned(), error_schema());
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "g8",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "The go-to-market platform's API. The same routes are served under /api/v1 and /v1.",
        },
        "servers": [{ "url": format!("{public_url}/api/v1") }, { "url": format!("{public_url}/v1") }],
        "security": [{ "bearer": [] }],
        "paths": door.paths,
        "components": {
            "schemas": schemas,
            "responses": responses,
            "securitySchemes": {
                "bearer": { "type": "http", "scheme": "bearer", "description": "An API key: g8_live_… or g8_test_…" },
            },
        },
    })
}

/// The body of every answer that is not success, as http::answer writes it.
fn error_schema() -> Value {
    let text = |about: &str| json!({ "type": "string", "description": about });
    json!({
        "type": "object",
        "required": ["status_code", "type", "message", "detail", "request_id"],
        "properties": {
            "status_code": { "type": "integer", "description": "The HTTP status" },
            "type": text("What a program branches on after the status"),
            "message": text("One sentence that names the field and the way out"),
            "detail": text("The same sentence"),
            "data": { "type": "object", "description": "Details: the issues, the scopes, the id of the duplicate" },
            "request_id": text("Names this request in the server's log"),
        },
    })
}

/// The errors an operation can answer with, and when.
const ERRORS: &[(ErrorKind, &str)] = &[
    (ErrorKind::Invalid, "The request is malformed; every fault is named"),
    (ErrorKind::Unauthorized, "The API key is missing or not valid"),
    (ErrorKind::Forbidden, "The key lacks a scope, or X-Org-Id names another organization"),
    (ErrorKind::NotFound, "It is not there, or it is another organization's"),
    (ErrorKind::Conflict, "A duplicate, or a concurrent change"),
    (ErrorKind::TooLarge, "The body is over the limit"),
    (ErrorKind::MediaType, "The body is not JSON"),
    (ErrorKind::Rule, "A rule of the product stands against it"),
    (ErrorKind::Late, "The body did not arrive in time"),
    (ErrorKind::TooMany, "The plan's limit is reached; Retry-After says for how long"),
    (ErrorKind::Internal, "A fault of the server"),
    (ErrorKind::Unavailable, "Try again in a moment"),
];

/// Whether an operation can answer with this error.
fn possible(spec: &Spec, kind: ErrorKind) -> bool {
    kind != ErrorKind::Conflict || spec.verb != Verb::Get
}

struct OpenApi {
    schemas: SchemaGenerator,
    paths: Map<String, Value>,
}

impl OpenApi {
    fn add(&mut self, action: Action) {
        let spec = action.spec;
        let operation = self.operation(action);
        for (at, path) in std::iter::once(&spec.path).chain(spec.aliases).enumerate() {
            let mut operation = operation.clone();
            if at > 0 {
                operation["operationId"] = format!("{}.{}", spec.name, at + 1).into();
            }
            let item = self.paths.entry(*path).or_insert_with(|| json!({}));
            item[spec.verb.name().to_lowercase()] = operation;
        }
    }

    fn operation(&mut self, action: Action) -> Value {
        let (spec, shape) = (action.spec, action.shape());
        let mut operation = json!({
            "operationId": spec.name,
            "summary": spec.about,
            "tags": [spec.name.split('.').next()],
            "x-scopes": spec.scopes.iter().map(|scope| scope.0).collect::<Vec<_>>(),
            "parameters": parameters(spec, &shape),
            "responses": self.responses(action),
        });
        if let Some(body) = body(spec, &shape) {
            operation["requestBody"] = body;
        }
        operation
    }

    fn responses(&mut self, action: Action) -> Value {
        let spec = action.spec;
        let content = match spec.body {
            Body::Empty | Body::File(_) => None,
            Body::Page | Body::Bare => Some(action.answer(&mut self.schemas).to_value()),
            Body::Data => {
                let data = action.answer(&mut self.schemas);
                Some(json!({ "type": "object", "required": ["data"], "properties": { "data": data } }))
            }
        };
        let mut success = json!({ "description": "Success" });
        if let Some(schema) = content {
            success["content"] = json!({ "application/json": { "schema": schema } });
        }
        if let Body::File(media_types) = spec.body {
            success["content"] = file(media_types);
        }
        let mut responses = json!({ spec.status.to_string(): success });
        // Said below the API, in few words and without a body.
        if spec.in_query {
            responses["414"] = json!({ "description": "The address is too long" });
            responses["431"] = json!({ "description": "The headers or the address are too long" });
        }
        for (kind, _) in ERRORS.iter().filter(|(kind, _)| possible(spec, *kind)) {
            let status = kind.status().to_string();
            responses[&status] = json!({ "$ref": format!("#/components/responses/{status}") });
        }
        responses
    }
}

fn in_path(spec: &Spec, name: &str) -> bool {
    spec.placeholders().any(|placeholder| placeholder == name)
}

fn parameters(spec: &Spec, shape: &Shape) -> Vec<Value> {
    let travels = |name: &str| spec.in_query || in_path(spec, name);
    let parameter = |(name, schema): (&str, &Value)| {
        let place = if in_path(spec, name) { "path" } else { "query" };
        let mut schema = published(without_null(schema.clone()));
        let about = schema.as_object_mut().and_then(|schema| schema.remove("description"));
        let mut parameter = json!({
            "name": name, "in": place, "required": shape.requires(name), "schema": schema, "description": about,
        });
        if parameter["schema"]["items"]["type"] == "object" {
            // A list of objects is written as JSON.
            parameter["content"] = json!({ "application/json": { "schema": parameter["schema"].take() } });
            parameter.as_object_mut().map(|parameter| parameter.remove("schema"));
        } else if parameter["schema"]["type"] == "array" {
            parameter["style"] = "form".into();
            parameter["explode"] = false.into();
        }
        parameter
    };
    let once = spec.takes_idempotency_key().then(idempotency_key);
    shape.fields().filter(|(name, _)| travels(name)).map(parameter).chain(once).collect()
}

fn idempotency_key() -> Value {
    json!({
        "name": "Idempotency-Key", "in": "header", "required": false,
        "schema": { "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$" },
        "description": "Makes a repeated request be done once: the first answer is given again, for 24 hours",
    })
}

/// A body that is a file of one of these types.
fn file(media_types: &[&str]) -> Value {
    let schema = json!({ "schema": { "type": "string", "format": "binary" } });
    media_types
        .iter()
        .map(|media_type| ((*media_type).to_owned(), schema.clone()))
        .collect::<Map<_, _>>()
        .into()
}

fn body(spec: &Spec, shape: &Shape) -> Option<Value> {
    if !spec.takes_file.is_empty() {
        return Some(json!({ "required": true, "content": file(spec.takes_file) }));
    }
    let fields: Map<String, Value> = shape
        .fields()
        .filter(|(name, _)| !spec.in_query && !in_path(spec, name))
        .map(|(name, schema)| (name.to_owned(), published(schema.clone())))
        .collect();
    if fields.is_empty() {
        return None;
    }
    let required: Vec<&String> = fields.keys().filter(|name| shape.requires(name)).collect();
    let schema = published(json!({
        "type": "object", "properties": fields, "required": required, "additionalProperties": false,
        "x-ignored": shape.schema()["x-ignored"],
    }));
    let content = json!({ "application/json": { "schema": schema } });
    Some(json!({ "required": !required.is_empty(), "content": content }))
}

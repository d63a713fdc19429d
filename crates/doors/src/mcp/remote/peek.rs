//! What a message wants, read before it is answered: headers may say anything.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::{error::Category, json};
use std::borrow::Cow;

/// As much of a message as decides whether it may be answered.
#[derive(Deserialize)]
pub struct Message<'m> {
    #[serde(borrow, default)]
    method: Option<Cow<'m, str>>,
    #[serde(borrow, default)]
    params: Option<Params<'m>>,
}

#[derive(Deserialize)]
struct Params<'m> {
    #[serde(borrow, default)]
    name: Option<Cow<'m, str>>,
}

/// JSON-RPC's words for a body that is no JSON, and for one that is no request.
const PARSE_ERROR: (i32, &str) = (-32700, "Parse error: the body is no JSON");
const INVALID: (i32, &str) =
    (-32600, "Invalid Request: the body is one JSON-RPC message; a batch is none, and no field stands twice");

impl<'m> Message<'m> {
    /// Reads it.
    ///
    /// # Errors
    /// The answer to what is no message.
    pub fn read(body: &'m [u8]) -> Result<Self, Response> {
        serde_json::from_slice(body).map_err(|error| match error.classify() {
            Category::Data => refused(INVALID),
            _ => refused(PARSE_ERROR),
        })
    }

    /// Whether it opens a session.
    pub fn opens_session(&self) -> bool {
        self.method.as_deref() == Some("initialize")
    }

    /// Whether something is done for it, which takes its time.
    pub fn is_work(&self) -> bool {
        matches!(self.method.as_deref(), Some("tools/call" | "resources/read"))
    }

    /// The tool it calls.
    pub fn tool(&self) -> Option<&str> {
        let name = self.params.as_ref()?.name.as_deref();
        name.filter(|_| self.method.as_deref() == Some("tools/call"))
    }
}

/// The answer to JSON that rmcp does not take for a message.
pub fn no_message() -> Response {
    refused(INVALID)
}

fn refused((code, message): (i32, &str)) -> Response {
    let body = json!({ "jsonrpc": "2.0", "id": null, "error": { "code": code, "message": message } });
    (StatusCode::BAD_REQUEST, Json(body)).into_response()
}

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

/// JSON-RPC's code and words for what is no message.
#[derive(Debug)]
pub struct RpcError(i32, &'static str);

const PARSE_ERROR: RpcError = RpcError(-32700, "Parse error: the body is no JSON");
const INVALID: RpcError = RpcError(
    -32600,
    "Invalid Request: the body is one JSON-RPC message; a batch is none, and no field stands twice",
);

impl<'m> Message<'m> {
    /// Reads it.
    ///
    /// # Errors
    /// It is none.
    pub fn read(body: &'m [u8]) -> Result<Self, RpcError> {
        serde_json::from_slice(body).map_err(|error| match error.classify() {
            Category::Data => INVALID,
            _ => PARSE_ERROR,
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

/// JSON that rmcp does not take for a message.
pub fn no_message() -> Response {
    INVALID.into_response()
}

impl IntoResponse for RpcError {
    fn into_response(self) -> Response {
        let Self(code, message) = self;
        let body = json!({ "jsonrpc": "2.0", "id": null, "error": { "code": code, "message": message } });
        (StatusCode::BAD_REQUEST, Json(body)).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_body_is_read_or_refused(body: Vec<u8>, text in "[\\[{\"a-z:,0-9}\\]]{0,60}") {
            for body in [body, text.into_bytes()] {
                if let Err(fault) = Message::read(&body) {
                    prop_assert_eq!(fault.into_response().status(), StatusCode::BAD_REQUEST);
                }
            }
        }

        #[test]
        fn a_call_is_seen_however_its_name_is_written(name in "\\PC{0,40}") {
            let body = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": { "name": name } }).to_string();
            let escaped = body.replace("tools/call", "tools\\u002fcall");
            for body in [body, escaped] {
                prop_assert_eq!(Message::read(body.as_bytes()).ok().and_then(|message| message.tool().map(str::to_owned)), Some(name.clone()));
            }
        }
    }
}

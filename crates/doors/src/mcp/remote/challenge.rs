//! How a client is told to get a token, or a better one (RFC 6750 §3, RFC 9728 §5.1).

use super::metadata::PATH_OF_MCP;
use crate::http::answer;
use axum::{
    http::{HeaderValue, header},
    response::Response,
};
use g8_domain::{Error, ErrorKind};

/// What a client asks for that does not know yet what it will need: reading. More is asked for when it is needed.
pub const FIRST_SCOPES: [&str; 6] =
    ["contacts:read", "companies:read", "lists:read", "deals:read", "tasks:read", "activities:read"];

/// 401, with the way to a token.
pub fn unauthorized(public_url: &str, request_id: &str, error: &Error) -> Response {
    let reason = error.data.as_ref().and_then(|data| data["reason"].as_str().map(str::to_owned));
    let code = match reason.as_deref() {
        // Who shows nothing has not been refused anything.
        None | Some("missing_header") => "",
        Some(_) => "error=\"invalid_token\", ",
    };
    let scope = FIRST_SCOPES.join(" ");
    with(answer::error(request_id, error), format!("{code}{}, scope=\"{scope}\"", metadata_at(public_url)))
}

/// 403: this scope would do.
pub fn insufficient(public_url: &str, request_id: &str, (tool, scope): (&str, &str)) -> Response {
    // What the client wrote is in the body only; a header is no place for it.
    let message = format!("The tool {tool} needs the scope {scope}, which this credential lacks.");
    let response = answer::error(request_id, &Error::new(ErrorKind::Forbidden, message));
    let told = format!(
        "error=\"insufficient_scope\", scope=\"{scope}\", {}, error_description=\"This tool needs {scope}\"",
        metadata_at(public_url)
    );
    with(response, told)
}

fn metadata_at(public_url: &str) -> String {
    format!("resource_metadata=\"{public_url}{PATH_OF_MCP}\"")
}

fn with(mut response: Response, told: String) -> Response {
    if let Ok(value) = HeaderValue::from_str(&format!("Bearer {told}")) {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, value);
    }
    response
}

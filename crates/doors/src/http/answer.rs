//! Outputs and errors as responses.

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use g8_core::{Body as Shape, Done, Outgoing, Spec};
use g8_domain::{Error, ErrorKind};
use serde::Serialize;
use serde_json::{Value, json, value::RawValue};

#[derive(Serialize)]
struct Envelope<'a> {
    data: &'a RawValue,
}

/// Success, in the form the operation declares; a stored answer says that it is one.
pub fn success(spec: &Spec, done: Done) -> Response {
    let mut response = match done.file {
        Some(file) => download(file),
        None => output(spec, done.output),
    };
    if done.replayed {
        response.headers_mut().insert("idempotent-replay", HeaderValue::from_static("true"));
    }
    response
}

/// A file, to be saved under its name.
#[must_use]
pub fn download(file: Outgoing) -> Response {
    // Names are our own: letters, digits, dots and hyphens.
    let disposition = format!("attachment; filename=\"{}\"", file.name);
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(file.media_type)),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_str(&disposition).unwrap_or(HeaderValue::from_static("attachment")),
        ),
    ];
    (StatusCode::OK, headers, Body::from_stream(file.chunks)).into_response()
}

fn output(spec: &Spec, output: Box<RawValue>) -> Response {
    let body = match spec.body {
        Shape::Data => serde_json::to_vec(&Envelope { data: &output }),
        Shape::Page | Shape::Bare => Ok(String::from(Box::<str>::from(output)).into_bytes()),
        Shape::Empty | Shape::File(_) => Ok(Vec::new()),
    };
    let status = StatusCode::from_u16(spec.status).unwrap_or(StatusCode::OK);
    match body {
        Ok(body) if body.is_empty() => status.into_response(),
        Ok(body) => json_body(status, body),
        Err(cause) => error("", &Error::internal(cause)),
    }
}

/// An error: one body for every kind, at every door of HTTP (contract/platform.md B2).
pub fn error(request_id: &str, error: &Error) -> Response {
    let mut body = json!({
        "status_code": error.kind.status(),
        "type": error.kind.type_name(),
        "message": error.message,
        "detail": error.message,
        "request_id": request_id,
    });
    if let Some(data) = &error.data {
        body["data"] = Value::clone(data);
    }
    let status = StatusCode::from_u16(error.kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = json_body(status, body.to_string().into_bytes());
    if error.kind == ErrorKind::Unauthorized {
        let challenge = HeaderValue::from_static("Bearer realm=\"g8\"");
        response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
    }
    let wait = error.data.as_ref().and_then(|data| data["retry_after"].as_i64());
    if let Some(wait) = wait.or((error.kind == ErrorKind::Unavailable).then_some(1)) {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait.max(1)));
    }
    response
}

fn json_body(status: StatusCode, body: Vec<u8>) -> Response {
    let json = HeaderValue::from_static("application/json");
    (status, [(header::CONTENT_TYPE, json)], Body::from(body)).into_response()
}

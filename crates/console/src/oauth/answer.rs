//! Answers to programs, in the words of RFC 6749.

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use g8_identity::oauth::OauthError;
use serde::Serialize;

/// A body of JSON that nobody keeps.
pub fn json(status: StatusCode, body: &impl Serialize) -> Response {
    let Ok(body) = serde_json::to_vec(body) else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::PRAGMA, HeaderValue::from_static("no-cache")),
    ];
    (status, headers, Body::from(body)).into_response()
}

/// A fault, with what its status asks for.
pub fn fault(fault: &OauthError) -> Response {
    let status = StatusCode::from_u16(fault.status).unwrap_or(StatusCode::BAD_REQUEST);
    let mut response = json(status, &fault.body());
    let headers = response.headers_mut();
    if status == StatusCode::UNAUTHORIZED {
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"g8\""));
    }
    if let Some(wait) = fault.retry_after.or((fault.status == 503).then_some(1)) {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(wait.max(1)));
    }
    response
}

//! What a client finds out about the endpoint before it has a token (RFC 9728).

use super::challenge::FIRST_SCOPES;
use crate::http::HttpState;
use axum::{
    Json,
    extract::State,
    http::{HeaderName, header},
    response::IntoResponse,
};
use serde_json::json;

/// For clients that ask at the root.
pub const PATH: &str = "/.well-known/oauth-protected-resource";
/// For those that put the resource's path behind.
pub const PATH_OF_MCP: &str = "/.well-known/oauth-protected-resource/mcp";

/// Public, and readable from every page.
const FOR_ALL: [(HeaderName, &str); 2] = [
    (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
];

pub async fn show(State(site): State<HttpState>) -> impl IntoResponse {
    let url = &site.public_url;
    let body = json!({
        // Without a slash at its end, as clients compare it; they may be configured with one.
        "resource": format!("{url}/mcp"),
        "resource_name": "g8",
        "authorization_servers": [url],
        "scopes_supported": FIRST_SCOPES,
        "bearer_methods_supported": ["header"],
    });
    (FOR_ALL, Json(body))
}

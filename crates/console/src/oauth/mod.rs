//! OAuth for programs: what they are answered is JSON. The page for people is the console's.
//!
//! Programs that run in a browser ask from pages of their own; nothing here believes a cookie, and so every origin
//! may read the answers.

mod answer;
mod endpoints;

use axum::{
    Router,
    http::{HeaderName, HeaderValue, header},
    middleware::map_response,
    response::Response,
    routing::{get, post},
};
use g8_doors::http::HttpState;

/// The endpoints, and the addresses at which programs look for the metadata.
pub(crate) fn routes() -> Router<HttpState> {
    let metadata = || get(endpoints::metadata).options(endpoints::preflight);
    Router::new()
        .route("/.well-known/oauth-authorization-server", metadata())
        // Older programs put the path of the MCP endpoint behind it.
        .route("/.well-known/oauth-authorization-server/mcp", metadata())
        .route("/oauth/token", post(endpoints::token).options(endpoints::preflight))
        .route("/oauth/revoke", post(endpoints::revoke).options(endpoints::preflight))
        .route("/oauth/register", post(endpoints::register).options(endpoints::preflight))
        .layer(map_response(for_every_origin))
}

const CORS: [(HeaderName, &str); 5] = [
    (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, OPTIONS"),
    (header::ACCESS_CONTROL_ALLOW_HEADERS, "authorization, content-type, mcp-protocol-version"),
    (header::ACCESS_CONTROL_MAX_AGE, "86400"),
    (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
];

async fn for_every_origin(mut response: Response) -> Response {
    for (name, value) in CORS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests;

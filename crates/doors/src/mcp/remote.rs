//! Remote MCP: Streamable HTTP at `/mcp`, both eras of the protocol at one address.
//!
//! rmcp speaks the protocol; what it leaves open is done around it, by `guard` before and after every request:
//! who asks, how much they may, whose session it is, what a call needs. What is behind it is any handler, so that
//! the conformance suite is answered by the same layers as an assistant.

mod caller;
mod challenge;
mod guard;
mod http_host;
mod metadata;
mod pages;
mod peek;
mod sessions;

pub use caller::McpCaller;
pub use http_host::HttpHost;

use crate::http::HttpState;
use axum::{
    Router,
    http::{Method, StatusCode, header},
    middleware::from_fn_with_state,
    response::IntoResponse,
    routing::{MethodRouter, get},
};
use guard::Gate;
use rmcp::{
    ServerHandler,
    transport::{StreamableHttpServerConfig, StreamableHttpService},
};
use sessions::McpSessions;
use std::{sync::Arc, time::Duration};

/// A handler that can stand at `/mcp`.
pub trait Remote: ServerHandler + Clone {
    /// The scope that would open a tool which is there, and which this caller lacks.
    fn lacks(&self, caller: &McpCaller, tool: &str) -> Option<&'static str>;
}

/// How much is kept of sessions, which only the older era has.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// Without a message for so long, one ends.
    pub idle: Duration,
    /// Sessions of one caller; the oldest makes room for a new one.
    pub of_one: usize,
    /// Sessions of all callers.
    pub of_all: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        // A person thinks for minutes, and a session holds little.
        Self { idle: Duration::from_secs(1800), of_one: 32, of_all: 4096 }
    }
}

/// The routes: the endpoint, and what a client finds out about it before it has a token.
pub(crate) fn routes<H: Remote>(site: &HttpState, handler: H, bounds: Bounds) -> Router<HttpState> {
    let sessions = Arc::new(McpSessions::new(bounds));
    let serving = handler.clone();
    let service = StreamableHttpService::new(
        move || Ok(serving.clone()),
        Arc::clone(&sessions),
        configuration(&site.public_url, site.body_limit),
    );
    let gate = Gate { site: site.clone(), handler, sessions };
    let guarded = MethodRouter::new()
        .get_service(service.clone())
        .post_service(service.clone())
        .delete_service(service)
        .layer(from_fn_with_state(gate, guard::guard))
        .options(|| async { (StatusCode::NO_CONTENT, [(header::ALLOW, ALLOWED)]).into_response() })
        .layer(pages::cors(&site.public_url));
    Router::new()
        .route("/mcp", guarded)
        .route(metadata::PATH, get(metadata::show))
        .route(metadata::PATH_OF_MCP, get(metadata::show))
}

const ALLOWED: &str = "GET, POST, DELETE, OPTIONS";

/// How rmcp serves: sessions for the older era, JSON where nothing comes before the answer, and only to who asks
/// under our own name or from this machine.
fn configuration(public_url: &str, body_limit: usize) -> StreamableHttpServerConfig {
    StreamableHttpServerConfig::default()
        .with_legacy_session_mode(true)
        .with_json_response(true)
        .with_max_request_body_bytes(body_limit)
        .with_allowed_hosts(pages::hosts(public_url))
        .with_allowed_origins(pages::origins(public_url))
        .enforce_origin_validation()
}

/// Whether a method has a body with a message.
fn has_message(method: &Method) -> bool {
    method == Method::POST
}

//! What a monitoring system reads: numbers about the installation, in the text form of Prometheus.
//!
//! They are served on a listener of their own. No label names an organization, a key or anything that a
//! caller has put into a path.

mod state;
mod traffic;

pub use traffic::Traffic;

use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    middleware::map_response,
    response::{IntoResponse, Response},
    routing::get,
};
use g8_core::App;
use prometheus_client::{encoding::text::encode, metrics::info::Info, registry::Registry};
use state::Measures;
use std::{sync::Arc, time::Duration};

/// The longest that a reader of the numbers waits for the database.
const PATIENCE: Duration = Duration::from_secs(2);

/// What the numbers are about.
#[derive(Clone)]
pub struct Sources {
    /// The service.
    pub app: App,
    /// Its requests.
    pub traffic: Traffic,
    /// How many connections are open.
    pub connections: Arc<dyn Fn() -> usize + Send + Sync>,
}

struct Page {
    sources: Sources,
    measures: Measures,
    registry: Registry,
}

/// `GET /metrics`.
pub fn site(sources: Sources) -> Router {
    let mut registry = Registry::with_prefix("g8");
    let build = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
    registry.register("build", "The program that runs", build);
    sources.traffic.register(&mut registry);
    let measures = Measures::register(&mut registry);
    let page = Arc::new(Page { sources, measures, registry });
    Router::new().route("/metrics", get(show)).layer(map_response(crate::http::protect)).with_state(page)
}

async fn show(State(page): State<Arc<Page>>) -> Response {
    let vitals = tokio::time::timeout(PATIENCE, page.sources.app.vitals()).await;
    let vitals = vitals.ok().and_then(Result::ok);
    page.measures.set(vitals.as_ref(), (page.sources.connections)());
    page.measures.set_dropped(page.sources.app.requests.dropped());
    let mut text = String::new();
    match encode(&mut text, &page.registry) {
        Ok(()) => {
            let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
            ([(header::CONTENT_TYPE, kind)], text).into_response()
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

#[cfg(test)]
mod tests;

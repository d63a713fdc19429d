//! Every request has an id, in its answer and in its log line.

use super::Site;
use axum::{
    extract::{MatchedPath, Request, State},
    http::HeaderValue,
    middleware::Next,
    response::Response,
};

/// The id of a request, once [`trace`] has given it one.
#[derive(Clone)]
struct RequestId(String);

/// The id of this request.
pub fn id_of(request: &Request) -> String {
    request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default()
}

/// Gives the request an id and logs what became of it. Paths are logged by their pattern, queries not
/// at all: both may hold what is somebody's own.
pub async fn trace(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    let clock = &site.app.clock;
    let start = clock.now();
    let id = site.app.entropy.request_id(start);
    let method = request.method().clone();
    let path = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str).to_owned();
    request.extensions_mut().insert(RequestId(id.clone()));
    let mut response = next.run(request).await;
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-request-id", value);
    }
    let micros = clock.now().0 - start.0;
    tracing::info!(request_id = id, %method, path, status = response.status().as_u16(), micros, "request");
    response
}

//! REST: every operation under `/api/v1` and `/v1`, with one envelope and one error body.

pub(crate) mod answer;
mod body_wait;
mod forwarded;
mod handler;
pub(crate) mod limits;
pub mod pace;
pub(crate) mod request;
pub(crate) mod request_log;
mod secure;
mod security_headers;
mod shares;
mod uploads;

pub use answer::download;
pub use limits::note as note_quota;
pub use request::{id_of as request_id, is_https, request_origin};
pub use secure::{Secured, Transport};
pub(crate) use security_headers::protect;
pub use shares::{Networks, OfNetwork, Share, Shares};
pub use uploads::{UploadSlot, begin as begin_upload, incoming};

use crate::{
    mcp::{
        Server,
        remote::{self, Bounds, HttpHost, Remote},
    },
    metrics::Traffic,
    openapi,
};
use axum::{
    Router,
    body::Bytes,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::{from_fn, from_fn_with_state, map_response},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use futures_util::future::BoxFuture;
use g8_core::{Action, App, Spec};
use g8_domain::{Error, ErrorKind};
use ipnet::IpNet;
use std::{
    ops::Deref,
    sync::{Arc, LazyLock},
};
use tokio::sync::Semaphore;
use tower_http::normalize_path::NormalizePath;

/// What the handlers share.
pub struct HttpConfig {
    /// The service.
    pub app: App,
    /// Where callers reach it, without a trailing slash.
    pub public_url: String,
    /// Largest request body, in bytes.
    pub body_limit: usize,
    /// Proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
    pub trusted_proxies: Arc<[IpNet]>,
    /// `Strict-Transport-Security` of answers over HTTPS.
    pub hsts: Option<HeaderValue>,
    /// Where requests are counted.
    pub traffic: Traffic,
}

/// The same in the hands of each handler. Every request clones it several times: that costs a count.
#[derive(Clone)]
pub struct HttpState(Arc<HttpConfig>);

impl From<HttpConfig> for HttpState {
    fn from(config: HttpConfig) -> Self {
        Self(Arc::new(config))
    }
}

impl Deref for HttpState {
    type Target = HttpConfig;
    fn deref(&self) -> &HttpConfig {
        &self.0
    }
}

/// The operations' routes: those that are answered in time, and those that take files, which may take
/// as long as the file comes in.
#[derive(Default)]
struct Http {
    timed: Router<HttpState>,
    files: Router<HttpState>,
}

impl Http {
    fn serve(&mut self, action: Action) {
        let routes = if action.spec.takes_file.is_empty() { &mut self.timed } else { &mut self.files };
        for path in paths(action.spec) {
            *routes = std::mem::take(routes).route(path, handler::route(action));
        }
    }
}

fn paths(spec: &Spec) -> impl Iterator<Item = &'static str> {
    std::iter::once(spec.path).chain(spec.aliases.iter().copied())
}

/// What is served beside the operations, by others than this door.
#[derive(Default)]
pub struct More {
    /// What is answered in time.
    pub timed: Router<HttpState>,
    /// What may take as long as a file comes in.
    pub files: Router<HttpState>,
}

/// The whole site. Trailing slashes are served, never redirected: published clients follow none.
#[must_use]
pub fn site(site: impl Into<HttpState>, more: More) -> NormalizePath<Router> {
    let site = site.into();
    let assistants = Server::new(HttpHost::new(site.app.clone()));
    site_with(site, more, assistants, Bounds::default())
}

/// The site with another handler at `/mcp`: behind the same layers, it is tested as the product's own is.
#[must_use]
pub fn site_with<H: Remote>(
    site: impl Into<HttpState>,
    more: More,
    assistants: H,
    sessions: Bounds,
) -> NormalizePath<Router> {
    let site = site.into();
    let mut http = Http::default();
    site.app.registry.operations().iter().for_each(|action| http.serve(*action));
    let places = from_fn_with_state(body_wait::BodyWait::new(&site), pace::limit_concurrency);
    let uploads = from_fn_with_state(uploads::Uploads::new(&site), uploads::limit_concurrency);
    let vain = Arc::new(Semaphore::new(FALLBACKS));
    let api = http
        .timed
        .merge(documents(&site))
        .layer(from_fn_with_state(site.clone(), pace::in_time))
        .layer(places.clone())
        .merge(http.files.layer(uploads.clone()));
    let timed = more.timed.layer(from_fn_with_state(site.clone(), pace::in_time));
    let others = timed.merge(remote::routes(&site, assistants, sessions)).route("/readyz", get(ready));
    let router = Router::new()
        .nest("/api/v1", api.clone())
        .nest("/v1", api)
        .merge(others.layer(places))
        .merge(more.files.layer(uploads))
        // A busy server is a healthy one.
        .route("/healthz", get(|| async { "ok\n" }))
        .fallback(fallback(&vain, unknown))
        .method_not_allowed_fallback(fallback(&vain, wrong_method))
        .layer(from_fn(limits::show))
        .layer(from_fn_with_state(site.clone(), secure::only))
        .layer(from_fn_with_state(site.clone(), request::trace))
        .layer(map_response(protect))
        .with_state(site);
    NormalizePath::trim_trailing_slash(router)
}

/// The OpenAPI document and its page. They are made when somebody first asks: most of what a server that nobody
/// talks to would hold in memory is the shapes of all operations.
fn documents(site: &HttpState) -> Router<HttpState> {
    let (app, url) = (site.app.clone(), site.public_url.clone());
    let made = Arc::new(LazyLock::new(move || {
        let document = openapi::document(app.registry.operations(), &url);
        (Bytes::from(document.to_string()), Bytes::from(openapi::page(&document)))
    }));
    let page = Arc::clone(&made);
    let json = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
    Router::new()
        .route("/openapi.json", get(move || async move { (json, made.0.clone()) }))
        .route("/docs", get(move || async move { (DOCS_POLICY, Html(page.1.clone())) }))
}

/// The page needs no script and nothing from elsewhere.
const DOCS_POLICY: [(header::HeaderName, HeaderValue); 1] = [(
    header::CONTENT_SECURITY_POLICY,
    HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
)];

async fn ready(State(site): State<HttpState>) -> Response {
    match site.app.db.ping().await {
        Ok(()) => "ok\n".into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response(),
    }
}

fn unknown(request: &Request) -> Error {
    Error::new(ErrorKind::NotFound, format!("There is no {} here; see /api/v1/docs.", request.uri().path()))
}

fn wrong_method(request: &Request) -> Error {
    let (method, path) = (request.method(), request.uri().path());
    Error::new(ErrorKind::Method, format!("{method} is not a method of {path}; see /api/v1/docs."))
}

/// Requests for what is not there whose callers are looked up at once; the others are only told.
const FALLBACKS: usize = 8;

/// What is asked in vain counts, too, where somebody known asks.
fn fallback(
    room: &Arc<Semaphore>,
    why: fn(&Request) -> Error,
) -> impl Fn(State<HttpState>, Request) -> BoxFuture<'static, Response> + Clone + Send + Sync + 'static {
    let room = Arc::clone(room);
    move |State(site), request| {
        let (error, place) = (why(&request), Arc::clone(&room).try_acquire_owned());
        Box::pin(async move {
            let parts = request.into_parts().0;
            let counted = match place {
                Ok(_place) if parts.headers.contains_key(header::AUTHORIZATION) => {
                    handler::enter(&site, &parts).await.map_or(Ok(()), |entry| entry.quota().check())
                }
                _ => Ok(()),
            };
            answer::error(&request::id_of(&parts.extensions), &counted.err().unwrap_or(error))
        })
    }
}

#[cfg(test)]
mod tests;

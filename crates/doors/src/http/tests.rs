//! REST, as its callers see it.

mod contract;
mod crowd;
mod filters;
mod hostile;
mod limits;
mod log;
mod pipelines;
mod secure;
mod walk;

use super::{HttpConfig, More, Transport};
use crate::metrics::Traffic;
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, Response, StatusCode},
};
use g8_core::{ServiceConfig, testing::TestApp};
use g8_product::testing::{configured_app, test_app};
use g8_storage::testing::TestDb;
use serde_json::Value;
use tower::ServiceExt;
use tower_http::normalize_path::NormalizePath;

/// A site on a fresh database, driven without a socket.
struct Web {
    kit: TestApp,
    key: String,
    site: NormalizePath<Router>,
}

struct Answer {
    status: StatusCode,
    headers: axum::http::HeaderMap,
    body: Value,
}

impl Web {
    async fn new(test: TestDb) -> Self {
        Self::with(test_app(test).await, More::default())
    }

    /// With settings of the test's own.
    async fn tuned(test: TestDb, tune: impl FnOnce(&mut ServiceConfig)) -> Self {
        Self::with(configured_app(test, tune).await, More::default())
    }

    fn with(kit: TestApp, more: More) -> Self {
        let site = super::site(
            HttpConfig {
                app: kit.app.clone(),
                public_url: "http://g8.test".into(),
                body_limit: 4096,
                trusted_proxies: ["10.0.0.1/32".parse().unwrap(), "127.0.0.9/32".parse().unwrap()].into(),
                hsts: Some(axum::http::HeaderValue::from_static("max-age=31536000")),
                traffic: Traffic::default(),
            },
            more,
        );
        Self { key: kit.key.clone(), kit, site }
    }

    /// Over TLS, unless the request says otherwise.
    async fn raw(&self, mut request: Request<Body>) -> Answer {
        if request.extensions().get::<Transport>().is_none() {
            request.extensions_mut().insert(Transport::Tls);
        }
        let response: Response<Body> = self.site.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Answer { status: parts.status, headers: parts.headers, body }
    }

    async fn send(&self, verb: &str, path: &str, key: Option<&str>, body: Option<&Value>) -> Answer {
        let mut request =
            Request::builder().method(verb).uri(path).header("content-type", "application/json");
        if let Some(key) = key {
            request = request.header("authorization", format!("Bearer {key}"));
        }
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        self.raw(request.body(body).unwrap()).await
    }

    async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, Some(&self.key), None).await
    }

    async fn post(&self, path: &str, body: Value) -> Answer {
        self.send("POST", path, Some(&self.key), Some(&body)).await
    }
}

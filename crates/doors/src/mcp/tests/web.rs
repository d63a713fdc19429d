//! The site, driven without a socket: what a client sends, to the letter.

use crate::{
    http::{HttpConfig, HttpState, More, Transport, site_with},
    mcp::{
        Server,
        remote::{Bounds, HttpHost, Remote},
    },
    metrics::Traffic,
};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode},
};
use g8_core::testing::TestApp;
use g8_product::testing::test_app;
use g8_storage::testing::TestDb;
use serde_json::{Value, json};
use tower::ServiceExt;
use tower_http::normalize_path::NormalizePath;

pub const HERE: &str = "http://g8.test:8080";

/// A site on a fresh database.
pub struct Web {
    pub kit: TestApp,
    pub site: NormalizePath<Router>,
}

#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    /// The last message: of a stream, what came last.
    pub body: Value,
}

/// A request in the making.
pub struct Message {
    pub method: &'static str,
    pub path: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
}

impl Message {
    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.retain(|header| header.0 != name);
        self.headers.push((name, value.to_owned()));
        self
    }

    pub fn at(mut self, path: &str) -> Self {
        self.path = path.to_owned();
        self
    }
}

fn plain(body: &Value) -> Message {
    let headers = [
        ("host", "g8.test:8080"),
        ("content-type", "application/json"),
        ("accept", "application/json, text/event-stream"),
    ];
    Message {
        method: "POST",
        path: "/mcp".to_owned(),
        headers: headers.map(|(name, value)| (name, value.to_owned())).into(),
        body: body.to_string(),
    }
}

/// A request of the older era.
pub fn legacy(method: &str, params: Value) -> Message {
    plain(&json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params }))
        .header("mcp-protocol-version", "2025-11-25")
}

/// A request of the newer era, by a client that can do nothing but ask.
pub fn modern(method: &str, params: Value) -> Message {
    modern_with(method, params, json!({}))
}

/// A request of the newer era, by a client that can do this.
pub fn modern_with(method: &str, mut params: Value, capabilities: Value) -> Message {
    params["_meta"] = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": capabilities,
    });
    let name = params["name"].as_str().or(params["uri"].as_str()).map(str::to_owned);
    let message = plain(&json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params }))
        .header("mcp-protocol-version", "2026-07-28")
        .header("mcp-method", method);
    match name {
        Some(name) => message.header("mcp-name", &name),
        None => message,
    }
}

/// A call of a tool in the newer era.
pub fn call(tool: &str, arguments: Value) -> Message {
    modern("tools/call", json!({ "name": tool, "arguments": arguments }))
}

impl Web {
    pub async fn new(test: TestDb) -> Self {
        Self::bounded(test, Bounds::default()).await
    }

    pub async fn bounded(test: TestDb, bounds: Bounds) -> Self {
        let kit = test_app(test).await;
        let server = Server::new(HttpHost::new(kit.app.clone()));
        Self::with(kit, server, bounds)
    }

    pub fn with<H: Remote>(kit: TestApp, handler: H, bounds: Bounds) -> Self {
        let site = site_with(here(&kit, HERE), More::default(), handler, bounds);
        Self { kit, site }
    }

    pub async fn send(&self, key: &str, message: Message) -> Answer {
        self.anonymous(message.header("authorization", &format!("Bearer {key}"))).await
    }

    pub async fn anonymous(&self, message: Message) -> Answer {
        let mut request = Request::builder().method(message.method).uri(&message.path);
        for (name, value) in &message.headers {
            request = request.header(*name, value);
        }
        let request = request.extension(Transport::Tls).body(Body::from(message.body)).unwrap();
        let (parts, body) = self.site.clone().oneshot(request).await.unwrap().into_parts();
        let text = String::from_utf8(to_bytes(body, usize::MAX).await.unwrap().to_vec()).unwrap();
        Answer { status: parts.status, headers: parts.headers, body: last(&text) }
    }

    /// The result of a call in the newer era.
    pub async fn call(&self, key: &str, tool: &str, arguments: Value) -> Value {
        self.send(key, call(tool, arguments)).await.body["result"].clone()
    }

    /// Opens a session of the older era; its id.
    pub async fn session(&self, key: &str) -> String {
        let hello = json!({
            "protocolVersion": "2025-11-25",
            "capabilities": {},
            "clientInfo": { "name": "t", "version": "1" },
        });
        let opened = self.send(key, legacy("initialize", hello)).await;
        assert_eq!(opened.status, StatusCode::OK, "{opened:?}");
        let id = opened.headers["mcp-session-id"].to_str().unwrap().to_owned();
        let ready = json!({ "jsonrpc": "2.0", "method": "notifications/initialized" });
        let message = plain(&ready).header("mcp-session-id", &id);
        assert_eq!(self.send(key, message).await.status, StatusCode::ACCEPTED);
        id
    }
}

/// A site of this service, known by this address.
pub fn here(kit: &TestApp, public_url: &str) -> HttpState {
    HttpState::from(HttpConfig {
        app: kit.app.clone(),
        public_url: public_url.to_owned(),
        body_limit: 1 << 16,
        trusted_proxies: [].into(),
        hsts: None,
        traffic: Traffic::default(),
    })
}

fn last(text: &str) -> Value {
    let mut data = text.lines().filter_map(|line| line.strip_prefix("data:")).map(str::trim);
    let data = data.rfind(|line| !line.is_empty()).unwrap_or(text);
    serde_json::from_str(data).unwrap_or_else(|_| Value::String(text.to_owned()))
}

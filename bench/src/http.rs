//! Requests over one connection that is kept open.

use crate::Result;
use http_body_util::{BodyExt, Full};
use hyper::{
    Method, Request, StatusCode,
    body::{Bytes, Incoming},
    client::conn::http1::{SendRequest, handshake},
    header,
};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use std::net::SocketAddr;
use tokio::net::TcpStream;

/// A server, and the key to it where it wants one.
#[derive(Clone)]
pub struct Target {
    pub address: SocketAddr,
    pub key: Option<String>,
}

/// What to ask.
pub struct Ask {
    pub method: Method,
    pub path: String,
    pub body: Option<String>,
    /// Headers beside those that every request has.
    pub headers: &'static [(&'static str, &'static str)],
    /// A key of its own.
    pub key: Option<String>,
}

impl Ask {
    /// A reading request.
    pub fn get(path: impl Into<String>) -> Self {
        Self { method: Method::GET, path: path.into(), body: None, headers: &[], key: None }
    }

    /// A request that takes something away.
    pub fn delete(path: impl Into<String>) -> Self {
        Self { method: Method::DELETE, ..Self::get(path) }
    }

    /// A writing request, with JSON.
    pub fn post(path: impl Into<String>, body: &Value) -> Self {
        Self { method: Method::POST, body: Some(body.to_string()), ..Self::get(path) }
    }

    /// The same with this key.
    pub fn by(self, key: &str) -> Self {
        Self { key: Some(key.to_owned()), ..self }
    }

    /// A writing request that may be repeated, with JSON.
    pub fn put(path: impl Into<String>, body: &Value) -> Self {
        Self { method: Method::PUT, ..Self::post(path, body) }
    }

    /// The same with these headers.
    pub fn with(self, headers: &'static [(&'static str, &'static str)]) -> Self {
        Self { headers, ..self }
    }
}

/// An open connection.
pub struct Connection {
    sender: SendRequest<Full<Bytes>>,
    host: String,
    authorization: Option<String>,
}

impl Connection {
    /// Connects.
    pub async fn open(target: &Target) -> Result<Self> {
        let stream = TcpStream::connect(target.address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        let authorization = target.key.as_ref().map(|key| format!("Bearer {key}"));
        Ok(Self { sender, host: target.address.to_string(), authorization })
    }

    /// Asks; the answer's body has still to be read.
    pub async fn send(&mut self, ask: Ask) -> Result<(StatusCode, Incoming)> {
        let mut request =
            Request::builder().method(ask.method).uri(ask.path).header(header::HOST, &self.host);
        let own = ask.key.map(|key| format!("Bearer {key}"));
        if let Some(authorization) = own.as_ref().or(self.authorization.as_ref()) {
            request = request.header(header::AUTHORIZATION, authorization);
        }
        if ask.body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        for (name, value) in ask.headers {
            request = request.header(*name, *value);
        }
        let body = Full::new(ask.body.map(Bytes::from).unwrap_or_default());
        self.sender.ready().await?;
        let (head, body) = self.sender.send_request(request.body(body)?).await?.into_parts();
        Ok((head.status, body))
    }

    /// Asks, and reads the answer.
    pub async fn ask(&mut self, ask: Ask) -> Result<(StatusCode, Bytes)> {
        let (status, body) = self.send(ask).await?;
        Ok((status, body.collect().await?.to_bytes()))
    }
}

/// One request that must succeed, with JSON for an answer.
pub async fn json(target: &Target, ask: Ask) -> Result<Value> {
    let shown = format!("{} {}", ask.method, ask.path);
    let (status, body) = Connection::open(target).await?.ask(ask).await?;
    if !status.is_success() {
        return Err(format!("{shown} answers {status}: {}", String::from_utf8_lossy(&body)).into());
    }
    Ok(serde_json::from_slice(&body)?)
}

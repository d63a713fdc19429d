//! Requests over one connection that is kept open while the server lives.

use crate::Result;
use http_body_util::{BodyExt, Full};
use hyper::{
    Request, StatusCode,
    body::Bytes,
    client::conn::http1::{SendRequest, handshake},
    header,
};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use std::{net::SocketAddr, time::Duration};
use tokio::{net::TcpStream, time::timeout};

/// Longer than any server is stopped for: who gives up earlier no longer knows what is still to come.
const PATIENCE: Duration = Duration::from_secs(30);

/// What to ask.
#[derive(Clone)]
pub struct Ask {
    pub method: &'static str,
    pub path: String,
    pub body: String,
    pub media_type: &'static str,
    /// The `Idempotency-Key`, where it takes one.
    pub once: Option<String>,
}

impl Ask {
    /// A request with JSON.
    pub fn json(method: &'static str, path: impl Into<String>, body: &Value) -> Self {
        Self { method, path: path.into(), body: body.to_string(), media_type: "application/json", once: None }
    }

    /// A reading request.
    pub fn get(path: impl Into<String>) -> Self {
        Self { body: String::new(), ..Self::json("GET", path, &Value::Null) }
    }

    /// A request that is done once, however often it is sent.
    pub fn once(self, key: String) -> Self {
        Self { once: Some(key), ..self }
    }
}

/// An open connection.
pub struct Connection {
    sender: SendRequest<Full<Bytes>>,
    address: SocketAddr,
    authorization: String,
}

impl Connection {
    /// Connects.
    pub async fn open(address: SocketAddr, key: &str) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(Self { sender, address, authorization: format!("Bearer {key}") })
    }

    /// Asks, and reads the answer; an error says that none came.
    pub async fn ask(&mut self, ask: &Ask) -> Result<(StatusCode, Value)> {
        let mut request = Request::builder()
            .method(ask.method)
            .uri(format!("/api/v1{}", ask.path))
            .header(header::HOST, self.address.to_string())
            .header(header::AUTHORIZATION, &self.authorization);
        if !ask.body.is_empty() {
            request = request.header(header::CONTENT_TYPE, ask.media_type);
        }
        if let Some(key) = &ask.once {
            request = request.header("idempotency-key", key);
        }
        let request = request.body(Full::new(Bytes::from(ask.body.clone())))?;
        self.sender.ready().await?;
        let (head, body) = timeout(PATIENCE, self.sender.send_request(request)).await??.into_parts();
        let body = timeout(PATIENCE, body.collect()).await??.to_bytes();
        Ok((head.status, serde_json::from_slice(&body).unwrap_or(Value::Null)))
    }
}

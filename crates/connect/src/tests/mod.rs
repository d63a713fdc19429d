//! The client against servers on this machine.

mod briefly;
mod failing;
mod guarded;
mod reading;
mod sending;

use crate::{Guard, Outbound, OutboundRequest};
use axum::{
    Json, Router,
    extract::Request,
    response::{IntoResponse, Response},
};
use g8_domain::Ts;
use serde_json::{Map, Value, json};
use std::time::Duration;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// 2026-11-21T08:00:00Z
const NOW: Ts = Ts(1_795_248_000 * Ts::SECOND);
/// A time limit that a test waits for.
const SHORT: Duration = Duration::from_millis(200);

/// A way to begin a request to a URL.
type Begin = fn(&str) -> OutboundRequest;

/// Every method and how a request by it begins.
const METHODS: [(&str, Begin); 7] = [
    ("GET", OutboundRequest::get),
    ("HEAD", OutboundRequest::head),
    ("POST", OutboundRequest::post),
    ("PUT", OutboundRequest::put),
    ("PATCH", OutboundRequest::patch),
    ("DELETE", OutboundRequest::delete),
    ("OPTIONS", OutboundRequest::options),
];

fn outbound() -> Outbound {
    Outbound::new(Guard::allowing(&["127.0.0.1".to_owned()])).unwrap()
}

/// Serves at the URL that is returned, as long as the test runs.
async fn serve(app: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await });
    url
}

/// Serves what came in as JSON; the method in a header, too, for what has no body.
async fn echo() -> String {
    serve(Router::new().fallback(echoed)).await
}

async fn echoed(request: Request) -> Response {
    let (head, body) = request.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let headers: Map<String, Value> = head
        .headers
        .iter()
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().into()))
        .collect();
    let method = head.method.to_string();
    let seen = json!({
        "method": method,
        "uri": head.uri.to_string(),
        "headers": headers,
        "body": String::from_utf8_lossy(&body),
    });
    ([("x-method", method)], Json(seen)).into_response()
}

/// A server that reads a request's head, says these bytes, and hangs up or keeps silent.
async fn speaks(bytes: impl Into<Vec<u8>>, hangs_up: bool) -> String {
    let bytes = bytes.into();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut peer, _)) = listener.accept().await {
            let bytes = bytes.clone();
            tokio::spawn(async move {
                heard(&mut peer).await;
                let _ = peer.write_all(&bytes).await;
                if !hangs_up {
                    std::future::pending::<()>().await;
                }
            });
        }
    });
    url
}

/// Reads until the end of a request's head, or of the connection.
async fn heard(peer: &mut TcpStream) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match peer.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => return,
        }
    }
}

/// An answer as it goes over the wire.
fn wire(status: &str, headers: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status}\r\n{headers}content-length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

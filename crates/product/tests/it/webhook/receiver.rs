//! Somebody who receives webhooks, and answers as a test wants it.

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};
use tokio::sync::Notify;

/// How a receiver answers.
#[derive(Clone, Copy)]
pub enum Reply {
    /// With this status.
    Status(u16),
    /// With this status, and after how many seconds to come back.
    After(u16, u64),
    /// With a redirect to itself.
    Elsewhere,
    /// Never.
    Never,
}

/// One request.
#[derive(Clone)]
pub struct Received {
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Received {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).unwrap_or_else(|| panic!("no {name}")).to_str().unwrap()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

#[derive(Default)]
struct Shared {
    received: Mutex<Vec<Received>>,
    replies: Mutex<VecDeque<Reply>>,
    came: Notify,
}

/// A receiver on a port of its own; answers 200 unless told otherwise.
pub struct Receiver {
    pub url: String,
    shared: Arc<Shared>,
}

impl Receiver {
    pub async fn new() -> Self {
        let shared = Arc::<Shared>::default();
        let app = Router::new().fallback(take).with_state(Arc::clone(&shared));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { url, shared }
    }

    /// The next answers; the last of them lasts.
    pub fn replies(&self, replies: &[Reply]) {
        *self.shared.replies.lock().unwrap() = replies.iter().copied().collect();
    }

    /// What came so far.
    pub fn received(&self) -> Vec<Received> {
        self.shared.received.lock().unwrap().clone()
    }

    pub fn count(&self) -> usize {
        self.received().len()
    }

    /// Waits until so many have come.
    pub async fn wait_for(&self, count: usize) {
        while self.count() < count {
            self.shared.came.notified().await;
        }
    }
}

async fn take(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Response {
    shared.received.lock().unwrap().push(Received { headers, body });
    shared.came.notify_one();
    let reply = {
        let mut replies = shared.replies.lock().unwrap();
        if replies.len() > 1 { replies.pop_front() } else { replies.front().copied() }
    };
    match reply.unwrap_or(Reply::Status(200)) {
        Reply::Status(status) => (StatusCode::from_u16(status).unwrap(), "thanks").into_response(),
        Reply::After(status, seconds) => {
            (StatusCode::from_u16(status).unwrap(), [(header::RETRY_AFTER, seconds.to_string())])
                .into_response()
        }
        Reply::Elsewhere => (StatusCode::FOUND, [(header::LOCATION, "/elsewhere")]).into_response(),
        Reply::Never => std::future::pending().await,
    }
}

//! Somebody who receives webhooks, counts them, and notes how long they were on their way.

use crate::Result;
use axum::{Router, body::Bytes, extract::State, http::StatusCode};
use serde::Deserialize;
use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::net::TcpListener;

/// A receiver with an address of its own.
#[derive(Clone)]
pub struct Receiver {
    /// Where it is.
    pub url: String,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    count: AtomicU64,
    times: Mutex<Option<Vec<Duration>>>,
    last: Mutex<Bytes>,
}

/// What of an event is read.
#[derive(Deserialize)]
struct Told<'a> {
    timestamp: &'a str,
}

impl Receiver {
    /// Listens.
    pub async fn new() -> Result<Self> {
        let shared = Arc::<Shared>::default();
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}/", listener.local_addr()?);
        let app = Router::new().fallback(take).with_state(Arc::clone(&shared));
        tokio::spawn(async move { axum::serve(listener, app).await });
        Ok(Self { url, shared })
    }

    /// How many have come.
    pub fn count(&self) -> u64 {
        self.shared.count.load(Ordering::Relaxed)
    }

    /// Notes from here on how long events are on their way.
    pub fn watch(&self) {
        *self.shared.times.lock().unwrap_or_else(PoisonError::into_inner) = Some(Vec::new());
    }

    /// What was noted.
    pub fn times(&self) -> Vec<Duration> {
        self.shared.times.lock().unwrap_or_else(PoisonError::into_inner).take().unwrap_or_default()
    }

    /// The body that came last.
    pub fn last(&self) -> Bytes {
        self.shared.last.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

async fn take(State(shared): State<Arc<Shared>>, body: Bytes) -> StatusCode {
    shared.count.fetch_add(1, Ordering::Relaxed);
    let mut times = shared.times.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(times) = times.as_mut() {
        times.extend(on_its_way(&body));
    }
    drop(times);
    *shared.last.lock().unwrap_or_else(PoisonError::into_inner) = body;
    StatusCode::OK
}

/// From the moment the change began to now, by the machine's clock.
#[expect(clippy::disallowed_methods, reason = "a benchmark reads the machine's clock")]
fn on_its_way(body: &[u8]) -> Option<Duration> {
    let told: Told = serde_json::from_slice(body).ok()?;
    let at = chrono::DateTime::parse_from_rfc3339(told.timestamp).ok()?;
    (chrono::Utc::now() - at.to_utc()).to_std().ok()
}

//! A server that receives webhooks.

use crate::Result;
use axum::{Router, body::Bytes, extract::State, http::StatusCode, routing::post};
use serde_json::Value;
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{net::TcpListener, sync::Notify, time::timeout};

/// What has come in.
#[derive(Clone, Default)]
struct Inbox {
    told: Arc<Mutex<Vec<Value>>>,
    more: Arc<Notify>,
}

/// A receiver on loopback.
pub struct Receiver {
    inbox: Inbox,
    pub url: String,
}

impl Receiver {
    pub async fn start() -> Result<Self> {
        let inbox = Inbox::default();
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}/hook", listener.local_addr()?);
        let router = Router::new().route("/hook", post(take)).with_state(inbox.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { inbox, url })
    }

    /// Waits until so many have come; the last of them.
    pub async fn nth(&self, n: usize) -> Result<Value> {
        loop {
            {
                let told = self.inbox.told.lock().unwrap_or_else(PoisonError::into_inner);
                if told.len() >= n {
                    return Ok(told[n - 1].clone());
                }
            }
            timeout(Duration::from_secs(30), self.inbox.more.notified())
                .await
                .map_err(|_| "no delivery came")?;
        }
    }
}

async fn take(State(inbox): State<Inbox>, body: Bytes) -> (StatusCode, &'static str) {
    let told = serde_json::from_slice(&body).unwrap_or(Value::Null);
    inbox.told.lock().unwrap_or_else(PoisonError::into_inner).push(told);
    inbox.more.notify_one();
    (StatusCode::OK, "thank you")
}

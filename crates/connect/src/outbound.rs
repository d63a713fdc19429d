//! Requests to servers that callers name.

use crate::Guard;
use g8_domain::{Error, Result};
use reqwest::{
    Client, Response,
    header::{HeaderMap, HeaderName, HeaderValue, RETRY_AFTER},
    redirect,
};
use std::{sync::Arc, time::Duration};

/// A client for servers that are not trusted. Cheap to clone.
#[derive(Clone)]
pub struct Outbound {
    http: Client,
    guard: Guard,
}

/// What is sent.
#[derive(Debug, Clone)]
pub struct Post {
    /// Where to.
    pub url: String,
    /// The headers beside `Content-Type`.
    pub headers: Vec<(&'static str, String)>,
    /// The body, which is JSON.
    pub body: Vec<u8>,
}

/// What came back.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers, as far as they are text.
    pub headers: Vec<(String, String)>,
    /// The beginning of the body, as text.
    pub body: String,
    /// The seconds after which to come back, where the server says so in a number.
    pub retry_after: Option<u64>,
}

impl Answer {
    /// Why it is no success: only 2xx is.
    #[must_use]
    pub fn refusal(&self) -> Option<String> {
        (!(200..300).contains(&self.status)).then(|| format!("the receiver answered {}", self.status))
    }
}

/// Why nothing came back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The URL may not be called.
    #[error("the URL {0}")]
    Url(String),
    /// Not in time.
    #[error("no answer in {0} seconds")]
    Late(u64),
    /// The connection failed.
    #[error("cannot connect: {0}")]
    Connection(String),
}

/// Headers of an answer that are kept.
const HEADERS: usize = 32;

impl Outbound {
    /// A client that the guard watches.
    ///
    /// # Errors
    /// The machine's TLS cannot be set up.
    pub fn new(guard: Guard) -> Result<Self> {
        // Fails when a provider is set already, which is just as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = Client::builder()
            .dns_resolver(Arc::new(guard.clone()))
            .redirect(redirect::Policy::none())
            // A proxy would resolve names itself.
            .no_proxy()
            .no_gzip()
            .connect_timeout(Duration::from_secs(10))
            .pool_idle_timeout(Duration::from_secs(30))
            .tcp_nodelay(true)
            .user_agent(concat!("g8-webhooks/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(Error::internal)?;
        Ok(Self { http, guard })
    }

    /// What may be called.
    #[must_use]
    pub fn guard(&self) -> &Guard {
        &self.guard
    }

    /// Sends it once, and reads at most `most` bytes of the answer.
    ///
    /// # Errors
    /// There is no answer.
    pub async fn post(&self, post: Post, seconds: u64, most: usize) -> Result<Answer, Fault> {
        let url = self.guard.url(&post.url).map_err(Fault::Url)?;
        let sent = self.http.post(url).headers(headers(&post.headers)).body(post.body);
        let whole = async {
            let response = sent.send().await.map_err(|cause| Fault::Connection(reason(&cause)))?;
            Ok(read(response, most).await)
        };
        tokio::time::timeout(Duration::from_secs(seconds), whole).await.map_err(|_| Fault::Late(seconds))?
    }

    /// Asks for it once, and reads at most `most` bytes of the answer.
    ///
    /// # Errors
    /// There is no answer.
    pub async fn get(&self, url: &str, seconds: u64, most: usize) -> Result<Answer, Fault> {
        let url = self.guard.url(url).map_err(Fault::Url)?;
        let asked = self.http.get(url).header("accept", "application/json");
        let whole = async {
            let response = asked.send().await.map_err(|cause| Fault::Connection(reason(&cause)))?;
            Ok(read(response, most).await)
        };
        tokio::time::timeout(Duration::from_secs(seconds), whole).await.map_err(|_| Fault::Late(seconds))?
    }
}

fn headers(given: &[(&'static str, String)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert("content-type", HeaderValue::from_static("application/json"));
    for (name, value) in given {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.append(HeaderName::from_static(name), value);
        }
    }
    headers
}

/// The innermost cause: what a person can act on.
fn reason(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}

async fn read(mut response: Response, most: usize) -> Answer {
    let status = response.status().as_u16();
    let text = |(name, value): (&HeaderName, &HeaderValue)| {
        Some((name.to_string(), value.to_str().ok()?.chars().take(500).collect()))
    };
    let headers: Vec<(String, String)> = response.headers().iter().filter_map(text).take(HEADERS).collect();
    let retry_after =
        response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.trim().parse().ok());
    let mut body = Vec::new();
    // The status decides; a body that breaks off changes nothing.
    while let Ok(Some(chunk)) = response.chunk().await {
        let room = most.saturating_sub(body.len());
        body.extend_from_slice(&chunk[..chunk.len().min(room)]);
        if room <= chunk.len() {
            break;
        }
    }
    let body = String::from_utf8_lossy(&body).replace('\0', "");
    Answer { status, headers, body, retry_after }
}

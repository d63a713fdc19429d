//! Requests to servers that callers name.

use crate::{
    Guard, OutboundAnswer, OutboundError, OutboundRequest, OutboundStream, RetryAfter, body::Sent,
    bounds::CONNECT,
};
use g8_domain::{Error, Result};
use reqwest::{Client, ClientBuilder, redirect};
use std::{sync::Arc, time::Duration};
use tokio::time::{Instant, timeout_at};

/// A client for servers that are not trusted. Cheap to clone.
#[derive(Clone)]
pub struct Outbound {
    http: Client,
    /// Asks for packed answers and unpacks them.
    unpacking: Client,
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
pub struct OutboundResponse {
    /// The status.
    pub status: u16,
    /// The headers, as far as they are text.
    pub headers: Vec<(String, String)>,
    /// The beginning of the body, as text.
    pub body: String,
    /// When to come back, where the server says so.
    pub retry_after: Option<RetryAfter>,
}

impl OutboundResponse {
    /// Why it is no success: only 2xx is.
    #[must_use]
    pub fn refusal(&self) -> Option<String> {
        (!(200..300).contains(&self.status)).then(|| format!("the receiver answered {}", self.status))
    }
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
        let http = client(&guard).no_gzip().build().map_err(Error::internal)?;
        let unpacking = client(&guard).gzip(true).build().map_err(Error::internal)?;
        Ok(Self { http, unpacking, guard })
    }

    /// What may be called.
    #[must_use]
    pub fn guard(&self) -> &Guard {
        &self.guard
    }

    /// Sends it once and reads the answer, whatever its status: [`OutboundAnswer::success`] tells.
    ///
    /// # Errors
    /// There is no answer, or none that keeps to the request's bounds.
    pub async fn send(&self, request: OutboundRequest) -> Result<OutboundAnswer, OutboundError> {
        self.stream(request).await?.whole().await
    }

    /// Sends it once and reads the head of the answer; its body is read piece by piece.
    ///
    /// # Errors
    /// There is no answer.
    pub async fn stream(&self, request: OutboundRequest) -> Result<OutboundStream, OutboundError> {
        let (bounds, secrets) = (request.bounds, request.secrets.clone());
        let http = if request.unpacked { &self.unpacking } else { &self.http };
        let sent = Sent::default();
        let built = request.build(&self.guard, http, &sent)?;
        let until = Instant::now() + bounds.deadline;
        let response = timeout_at(until, http.execute(built))
            .await
            .map_err(|_| OutboundError::TimedOut { after: bounds.deadline, sent: sent.get() })?
            .map_err(|cause| OutboundError::while_sending(&cause, sent.get()))?;
        Ok(OutboundStream::new(response, bounds, until, secrets))
    }

    /// Sends it once, and reads at most `most` bytes of the answer.
    ///
    /// # Errors
    /// There is no answer.
    pub async fn post(
        &self,
        post: Post,
        seconds: u64,
        most: usize,
    ) -> Result<OutboundResponse, OutboundError> {
        let request = OutboundRequest::post(&post.url)
            .header("user-agent", concat!("g8-webhooks/", env!("CARGO_PKG_VERSION")))
            .bytes("application/json", post.body);
        let request = post.headers.iter().fold(request, |request, (name, value)| request.header(name, value));
        self.brief(request, seconds, most).await
    }

    /// Asks for it once, and reads at most `most` bytes of the answer.
    ///
    /// # Errors
    /// There is no answer.
    pub async fn get(&self, url: &str, seconds: u64, most: usize) -> Result<OutboundResponse, OutboundError> {
        self.brief(OutboundRequest::get(url).header("accept", "application/json"), seconds, most).await
    }

    async fn brief(
        &self,
        request: OutboundRequest,
        seconds: u64,
        most: usize,
    ) -> Result<OutboundResponse, OutboundError> {
        let time = Duration::from_secs(seconds);
        let answer = self.send(request.deadline(time).idle(time).cut_at(most)).await?;
        let kept = |(name, value): (&str, &str)| (name.to_owned(), value.chars().take(500).collect());
        Ok(OutboundResponse {
            status: answer.status,
            headers: answer.headers().map(kept).take(HEADERS).collect(),
            body: String::from_utf8_lossy(&answer.body).replace('\0', ""),
            retry_after: answer.retry_after(),
        })
    }
}

fn client(guard: &Guard) -> ClientBuilder {
    Client::builder()
        .dns_resolver(Arc::new(guard.clone()))
        .redirect(redirect::Policy::none())
        // A proxy would resolve names itself.
        .no_proxy()
        .no_brotli()
        .no_deflate()
        .no_zstd()
        .connect_timeout(CONNECT)
        .pool_idle_timeout(Duration::from_secs(30))
        .tcp_nodelay(true)
        .user_agent(concat!("g8/", env!("CARGO_PKG_VERSION")))
}

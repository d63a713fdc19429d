//! Calling operations on a server.

use chrono::DateTime;
use futures_util::StreamExt;
use g8_core::{Args, Backend, Body, Done, Incoming, Outgoing, Spec, Verb, wire};
use g8_domain::{Error, ErrorKind, Result, Ts};
use reqwest::{
    Method, RequestBuilder, Response, StatusCode,
    header::{CONTENT_LENGTH, DATE, RETRY_AFTER},
    redirect,
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, value::RawValue};
use std::{path::Path, time::Duration};
use uuid::Uuid;

/// Files may take their time.
const FILE_TIMEOUT: Duration = Duration::from_secs(3600);
/// How often a request is sent at most.
const TRIES: usize = 3;
/// The longest that is waited in between; who is asked to wait longer is told so.
const LONGEST_WAIT: u64 = 5;

/// A server and the key to it. Cheap to clone.
#[derive(Clone)]
pub struct Client {
    pub(crate) http: reqwest::Client,
    pub(crate) base: String,
    api_key: Option<String>,
}

/// What a server says about itself.
#[derive(Debug)]
pub struct Greeting {
    /// Whether it says that it is well.
    pub healthy: bool,
    /// The time there.
    pub date: Option<Ts>,
    /// Its release; none where something else answers.
    pub version: Option<String>,
}

impl Client {
    /// Calls the server at `base`, as `http://127.0.0.1:8080`, with this key.
    ///
    /// # Errors
    /// The machine's TLS cannot be set up.
    pub fn new(base: &str, api_key: Option<&str>) -> Result<Self> {
        Self::trusting(base, api_key, None)
    }

    /// As [`Client::new`], but a server may also show a certificate of the authorities in this PEM file,
    /// as an organization has them of its own.
    ///
    /// # Errors
    /// The file holds no certificates; or as [`Client::new`].
    pub fn trusting(base: &str, api_key: Option<&str>, ca_file: Option<&Path>) -> Result<Self> {
        // Fails when a provider is set already, which is just as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder()
            .redirect(redirect::Policy::none())
            .connect_timeout(Duration::from_secs(10))
            .timeout(Duration::from_secs(60))
            .user_agent(concat!("g8/", env!("CARGO_PKG_VERSION")))
            .tls_certs_merge(ca_file.map_or_else(|| Ok(Vec::new()), authorities)?)
            .build()
            .map_err(Error::internal)?;
        let base = base.trim_end_matches('/').to_owned();
        Ok(Self { http, base, api_key: api_key.map(str::to_owned) })
    }

    /// Where it calls.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Asks the server about itself, without a key.
    ///
    /// # Errors
    /// It cannot be reached; the cause says why.
    pub async fn greet(&self) -> Result<Greeting> {
        let ask = |path: &str| self.http.get(format!("{}{path}", self.base)).send();
        let health = ask("/healthz").await.map_err(|cause| self.unreachable(cause))?;
        let date = health.headers().get(DATE).and_then(|date| date.to_str().ok());
        let date =
            date.and_then(|date| DateTime::parse_from_rfc2822(date).ok()).map(|date| date.to_utc().into());
        let healthy = health.status().is_success();
        let document = ask("/api/v1/openapi.json").await.map_err(|cause| self.unreachable(cause))?;
        let document: Value = document.json().await.unwrap_or_default();
        let version = document["info"]["version"].as_str().map(str::to_owned);
        Ok(Greeting { healthy, date, version })
    }

    /// Sends it, and again when the server asks to wait a little or cannot be heard: what creates or
    /// acts carries an `Idempotency-Key`, so that it is done once however often it is sent.
    async fn send(&self, spec: &Spec, args: Args) -> Result<Response> {
        let request = wire::send(spec, args)?;
        let once = Uuid::new_v4().to_string();
        for _ in 1..TRIES {
            match self.request(spec, &request, &once).send().await {
                Ok(response) => match pause(&response) {
                    Some(pause) => wait(pause).await,
                    None => return Ok(response),
                },
                // Nobody listens: no use in asking again.
                Err(cause) if cause.is_connect() || cause.is_builder() => return Err(self.unreachable(cause)),
                Err(_) => wait(Duration::from_millis(200)).await,
            }
        }
        self.request(spec, &request, &once).send().await.map_err(|cause| self.unreachable(cause))
    }

    fn request(&self, spec: &Spec, request: &wire::WireRequest, once: &str) -> RequestBuilder {
        let url = format!("{}/api/v1{}", self.base, request.path);
        let mut sent = self.http.request(method(spec.verb), url).query(&request.query);
        if let Some(key) = &self.api_key {
            sent = sent.bearer_auth(key);
        }
        if spec.takes_idempotency_key() {
            sent = sent.header("Idempotency-Key", once);
        }
        if let Some(body) = &request.body {
            sent = sent.json(body);
        }
        sent
    }

    pub(crate) fn unreachable(&self, cause: reqwest::Error) -> Error {
        let message =
            format!("Cannot reach {}; start the server, or set G8_API_URL to where it is.", self.base);
        Error { cause: Some(Box::new(cause)), ..Error::new(ErrorKind::Unavailable, message) }
    }
}

impl Backend for Client {
    async fn act(&self, spec: &'static Spec, args: Args, file: Option<Incoming>) -> Result<Done> {
        let response = match (file, spec.body) {
            (None, Body::Data | Body::Page | Body::Bare | Body::Empty) => self.send(spec, args).await?,
            (file, _) => self.transfer(spec, args, file).await?,
        };
        if matches!(spec.body, Body::File(_)) && response.status().is_success() {
            let broken =
                |cause| Error::new(ErrorKind::Unavailable, format!("The download broke off: {cause}"));
            let chunks = response.bytes_stream().map(move |chunk| chunk.map_err(broken)).boxed();
            let file = Outgoing { name: String::new(), media_type: "", chunks };
            return Ok(Done { output: RawValue::NULL.to_owned(), replayed: false, file: Some(file) });
        }
        Ok(Done { output: self.output(spec, response).await?, replayed: false, file: None })
    }

    /// The server does its own work.
    async fn run_pending_jobs(&self) -> Result<()> {
        Ok(())
    }
}

impl Client {
    /// Sends it once, with a file or for one: what has begun to stream cannot be sent again.
    async fn transfer(&self, spec: &Spec, args: Args, file: Option<Incoming>) -> Result<Response> {
        let request = wire::send(spec, args)?;
        let mut sent = self.request(spec, &request, "").timeout(FILE_TIMEOUT);
        if let Some(file) = file {
            if let Some(length) = file.length {
                sent = sent.header(CONTENT_LENGTH, length);
            }
            sent = sent.body(reqwest::Body::wrap_stream(file.chunks));
        }
        sent.send().await.map_err(|cause| self.unreachable(cause))
    }

    async fn output(&self, spec: &Spec, response: Response) -> Result<Box<RawValue>> {
        let status = response.status();
        let bytes = response.bytes().await.map_err(|cause| self.unreachable(cause))?;
        if !status.is_success() {
            let body = if bytes.is_empty() { Value::Null } else { read(&bytes, &self.base)? };
            return Err(refused(status.as_u16(), body));
        }
        match spec.body {
            _ if bytes.is_empty() => Ok(RawValue::NULL.to_owned()),
            Body::Data => read::<Envelope>(&bytes, &self.base).map(|envelope| envelope.data),
            Body::Page | Body::Bare | Body::Empty | Body::File(_) => read(&bytes, &self.base),
        }
    }
}

/// `{"data": …}`
#[derive(Deserialize)]
struct Envelope {
    data: Box<RawValue>,
}

/// The authorities in a PEM file.
fn authorities(file: &Path) -> Result<Vec<reqwest::Certificate>> {
    let refused = |why: String| {
        let message = format!("G8_CA_FILE is {}, {why}; name a PEM file of certificates.", file.display());
        Error::new(ErrorKind::Invalid, message)
    };
    let text = std::fs::read(file).map_err(|cause| refused(format!("which cannot be read: {cause}")))?;
    match reqwest::Certificate::from_pem_bundle(&text) {
        Ok(found) if !found.is_empty() => Ok(found),
        _ => Err(refused("which holds no certificate".to_owned())),
    }
}

/// How long the server asks to wait, when that is not long.
fn pause(response: &Response) -> Option<Duration> {
    if ![StatusCode::TOO_MANY_REQUESTS, StatusCode::SERVICE_UNAVAILABLE].contains(&response.status()) {
        return None;
    }
    let seconds: u64 = response.headers().get(RETRY_AFTER)?.to_str().ok()?.parse().ok()?;
    (seconds <= LONGEST_WAIT).then(|| Duration::from_secs(seconds))
}

#[expect(clippy::disallowed_methods, reason = "the server asked this program to wait")]
async fn wait(time: Duration) {
    tokio::time::sleep(time).await;
}

fn method(verb: Verb) -> Method {
    match verb {
        Verb::Get => Method::GET,
        Verb::Post => Method::POST,
        Verb::Put => Method::PUT,
        Verb::Patch => Method::PATCH,
        Verb::Delete => Method::DELETE,
    }
}

fn read<T: DeserializeOwned>(bytes: &[u8], base: &str) -> Result<T> {
    serde_json::from_slice(bytes).map_err(|_| strange(base))
}

fn strange(base: &str) -> Error {
    let message =
        format!("{base} answered with something else than g8 does; check G8_API_URL and both versions.");
    Error::new(ErrorKind::Internal, message)
}

/// The server's error as it would have been in this process.
fn refused(status: u16, mut body: Value) -> Error {
    let kind = ErrorKind::from_status(status);
    let message = body["message"].as_str().or(body["detail"].as_str());
    let message = message.map_or_else(|| format!("The server answered {status}."), str::to_owned);
    let error = Error::new(kind, message);
    Error {
        request_id: body["request_id"].as_str().map(str::to_owned),
        data: Some(body["data"].take()).filter(|data| !data.is_null()).map(Box::new),
        ..error
    }
}

//! What is asked of a server that is not trusted.

use crate::{
    Guard, MultipartForm, OutboundError,
    body::{Content, LARGEST, Sent, Tracked},
    bounds::{Bounds, LONGEST},
    guard, headers,
    words::Secrets,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use futures_util::Stream;
use reqwest::{
    Body, Client, Method, Request,
    header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderValue},
};
use serde::Serialize;
use std::{fmt, io, time::Duration};
use url::{Url, form_urlencoded};

/// A request to a server that is not trusted, built step by step.
///
/// A step that cannot be taken (a header with a line break, a URL that is none) is told by
/// [`crate::Outbound::send`]. Unless told otherwise, the whole call has 30 seconds, each piece of the answer 30,
/// and an answer of more than 1 MiB is refused. `Debug` shows neither the URL's path and query, which may hold
/// keys, nor a secret, nor the body.
pub struct OutboundRequest {
    method: Method,
    url: Result<Url, OutboundError>,
    headers: HeaderMap,
    content: Content,
    pub(crate) secrets: Secrets,
    pub(crate) bounds: Bounds,
    pub(crate) unpacked: bool,
    fault: Option<OutboundError>,
}

impl OutboundRequest {
    fn new(method: Method, url: &str) -> Self {
        Self {
            method,
            url: guard::parse(url).map_err(OutboundError::Url),
            headers: HeaderMap::new(),
            content: Content::None,
            secrets: Secrets::default(),
            bounds: Bounds::default(),
            unpacked: false,
            fault: None,
        }
    }

    /// A request by `GET`.
    #[must_use]
    pub fn get(url: &str) -> Self {
        Self::new(Method::GET, url)
    }

    /// A request by `HEAD`.
    #[must_use]
    pub fn head(url: &str) -> Self {
        Self::new(Method::HEAD, url)
    }

    /// A request by `POST`.
    #[must_use]
    pub fn post(url: &str) -> Self {
        Self::new(Method::POST, url)
    }

    /// A request by `PUT`.
    #[must_use]
    pub fn put(url: &str) -> Self {
        Self::new(Method::PUT, url)
    }

    /// A request by `PATCH`.
    #[must_use]
    pub fn patch(url: &str) -> Self {
        Self::new(Method::PATCH, url)
    }

    /// A request by `DELETE`.
    #[must_use]
    pub fn delete(url: &str) -> Self {
        Self::new(Method::DELETE, url)
    }

    /// A request by `OPTIONS`.
    #[must_use]
    pub fn options(url: &str) -> Self {
        Self::new(Method::OPTIONS, url)
    }

    /// Adds a pair to the URL's query, encoded. A value that is a key is also to be named to [`Self::secret`].
    #[must_use]
    pub fn query(mut self, name: &str, value: &str) -> Self {
        if let Ok(url) = &mut self.url {
            url.query_pairs_mut().append_pair(name, value);
        }
        self
    }

    /// Sets a header of visible ASCII characters; one of the same name is replaced. Those of the connection, and
    /// those that follow from the body, cannot be set.
    #[must_use]
    pub fn header(self, name: &str, value: &str) -> Self {
        if name.eq_ignore_ascii_case(AUTHORIZATION.as_str()) {
            return self.secret_header(name, value);
        }
        self.put_header(name, value, false)
    }

    /// Sets a header that `Debug` does not show and that no error repeats.
    #[must_use]
    pub fn secret_header(self, name: &str, value: &str) -> Self {
        // What follows a scheme (`Bearer …`) is the secret by itself.
        let word = value.rsplit(' ').next().unwrap_or_default();
        self.secret(value).secret(word).put_header(name, value, true)
    }

    /// Names something secret that stands in the body or query, so that no error repeats what a server echoes.
    #[must_use]
    pub fn secret(mut self, secret: &str) -> Self {
        self.secrets.add(secret);
        self
    }

    /// Shows a bearer token (RFC 6750 §2.1).
    #[must_use]
    pub fn bearer(self, token: &str) -> Self {
        self.secret_header(AUTHORIZATION.as_str(), &format!("Bearer {token}"))
    }

    /// Shows a name and password (RFC 7617); the name holds no colon.
    #[must_use]
    pub fn basic(self, user: &str, password: &str) -> Self {
        if user.contains(':') {
            return self.refuse("a user name holds a colon");
        }
        let shown = STANDARD.encode(format!("{user}:{password}"));
        self.secret(password).secret_header(AUTHORIZATION.as_str(), &format!("Basic {shown}"))
    }

    /// Carries bytes of a media type, as `text/csv`.
    #[must_use]
    pub fn bytes(self, media_type: &str, bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        if bytes.len() > LARGEST {
            return self.refuse(&format!("the body is larger than {LARGEST} bytes"));
        }
        self.carry(media_type, Content::Whole(bytes))
    }

    /// Carries JSON.
    #[must_use]
    pub fn json<T: Serialize + ?Sized>(self, value: &T) -> Self {
        match serde_json::to_vec(value) {
            Ok(bytes) => self.bytes("application/json", bytes),
            Err(_) => self.refuse("the body cannot be written as JSON"),
        }
    }

    /// Carries fields as `application/x-www-form-urlencoded`.
    #[must_use]
    pub fn form<N: AsRef<str>, V: AsRef<str>>(self, fields: impl IntoIterator<Item = (N, V)>) -> Self {
        let text = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.bytes("application/x-www-form-urlencoded", text)
    }

    /// Carries texts and files as `multipart/form-data`.
    #[must_use]
    pub fn multipart(mut self, form: MultipartForm) -> Self {
        self.headers.remove(CONTENT_LENGTH);
        // It comes with the boundary between the parts.
        self.headers.remove(CONTENT_TYPE);
        match form.finish() {
            Ok(form) => self.content = Content::Multipart(form),
            Err(fault) => self.fault = self.fault.or(Some(fault)),
        }
        self
    }

    /// Carries a stream of bytes. With a `length` the server is told it; bytes beyond it are not sent, and fewer
    /// break the request off.
    #[must_use]
    pub fn stream(
        self,
        media_type: &str,
        stream: impl Stream<Item = io::Result<Bytes>> + Send + 'static,
        length: Option<u64>,
    ) -> Self {
        let mut carrying = self.carry(media_type, Content::Stream(Body::wrap_stream(stream)));
        if let Some(length) = length {
            carrying.headers.insert(CONTENT_LENGTH, length.into());
        }
        carrying
    }

    /// How long the whole call may take, the answer's last byte included; a day at most.
    #[must_use]
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.bounds.deadline = deadline.min(LONGEST);
        self
    }

    /// How long an answer may stand still once it has begun; a day at most.
    #[must_use]
    pub fn idle(mut self, idle: Duration) -> Self {
        self.bounds.idle = idle.min(LONGEST);
        self
    }

    /// Refuses an answer that is larger than so many bytes, unpacked.
    #[must_use]
    pub fn max_bytes(mut self, bytes: usize) -> Self {
        (self.bounds.bytes, self.bounds.cut) = (bytes, false);
        self
    }

    /// Keeps so many bytes of the answer's beginning, and lets the rest be.
    #[must_use]
    pub fn cut_at(mut self, bytes: usize) -> Self {
        (self.bounds.bytes, self.bounds.cut) = (bytes, true);
        self
    }

    /// Asks for the answer to be packed by gzip, and unpacks it.
    #[must_use]
    pub fn unpacked(mut self) -> Self {
        self.unpacked = true;
        self
    }

    fn put_header(mut self, name: &str, value: &str, secret: bool) -> Self {
        match headers::checked(name, value) {
            Ok(_) if self.headers.len() >= headers::MOST => self.refuse("it has too many headers"),
            Ok((name, mut value)) => {
                value.set_sensitive(secret);
                self.headers.insert(name, value);
                self
            }
            Err(why) => self.refuse(&why),
        }
    }

    fn carry(mut self, media_type: &str, content: Content) -> Self {
        let Ok(media_type) = HeaderValue::from_str(media_type) else {
            return self.refuse("the body's media type is none");
        };
        self.headers.remove(CONTENT_LENGTH);
        self.headers.insert(CONTENT_TYPE, media_type);
        self.content = content;
        self
    }

    /// Notes why it cannot be sent; the first reason counts.
    fn refuse(mut self, why: &str) -> Self {
        self.fault = self.fault.or_else(|| Some(OutboundError::Request(why.to_owned())));
        self
    }

    /// The request as it goes out, if the guard lets it.
    pub(crate) fn build(self, guard: &Guard, http: &Client, sent: &Sent) -> Result<Request, OutboundError> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let url = guard.vetted(self.url?).map_err(OutboundError::Url)?;
        let method = self.method.clone();
        let asked = http.request(self.method, url).headers(self.headers);
        let asked = match self.content {
            // Servers may insist on a length where a body is usual (RFC 9110 §8.6).
            Content::None if matches!(method, Method::POST | Method::PUT | Method::PATCH) => {
                asked.header(CONTENT_LENGTH, 0)
            }
            Content::None => asked,
            Content::Whole(bytes) => asked.body(bytes),
            Content::Multipart(form) => asked.multipart(form),
            Content::Stream(body) => asked.body(body),
        };
        let mut built = asked.build().map_err(|_| OutboundError::Request("it is not HTTP".to_owned()))?;
        let body = built.body_mut().take().unwrap_or_default();
        *built.body_mut() = Some(Body::wrap(Tracked { body, sent: sent.clone() }));
        Ok(built)
    }
}

impl fmt::Debug for OutboundRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = self.url.as_ref().ok().and_then(Url::host_str);
        f.debug_struct("OutboundRequest")
            .field("method", &self.method.as_str())
            .field("host", &host)
            .field("headers", &self.headers)
            .field("bounds", &self.bounds)
            .finish_non_exhaustive()
    }
}

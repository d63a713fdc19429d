//! What a server that is not trusted answers, as a whole.

use crate::{
    OutboundError, RetryAfter, VendorFault,
    words::{self, Secrets},
};
use bytes::Bytes;
use g8_domain::Ts;
use reqwest::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use serde::de::DeserializeOwned;
use std::fmt;

/// An answer that is there as a whole. `Debug` shows its status and size alone: it may hold tokens.
pub struct OutboundAnswer {
    /// The status.
    pub status: u16,
    pub(crate) headers: HeaderMap,
    /// The body, or its beginning: see [`crate::OutboundRequest::cut_at`].
    pub body: Bytes,
    /// Whether the body went on, as far as that is known.
    pub cut: bool,
    pub(crate) secrets: Secrets,
}

impl OutboundAnswer {
    /// Whether the status is one of success (2xx).
    #[must_use]
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The first header of this name, where it is text. Redirects are not followed; `location` says where to.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The headers that are text, their names in lower case.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers.iter().filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)))
    }

    /// When to come back, where the server says so.
    #[must_use]
    pub fn retry_after(&self) -> Option<RetryAfter> {
        RetryAfter::parse(self.header(RETRY_AFTER.as_str())?)
    }

    /// What the server says of a fault, in one line that repeats no secret.
    #[must_use]
    pub fn said(&self) -> Option<String> {
        let kind = self.header(CONTENT_TYPE.as_str()).unwrap_or_default();
        words::said(&self.body, kind.starts_with("text/plain") && !self.cut, &self.secrets)
    }

    /// The answer if it is one of success, else the fault that its status stands for at this moment.
    ///
    /// # Errors
    /// [`OutboundError::Answered`]
    pub fn success(self, now: Ts) -> Result<Self, OutboundError> {
        if self.is_success() { Ok(self) } else { Err(VendorFault::of(&self, now).into()) }
    }

    /// Reads the body as JSON.
    ///
    /// # Errors
    /// It is not the JSON expected: [`OutboundError::Malformed`], which repeats nothing of the body.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, OutboundError> {
        let malformed = |why: String| Err(OutboundError::Malformed(why));
        if self.cut {
            return malformed("it is longer than what was read".to_owned());
        }
        // Some write a byte-order mark, which JSON has not (RFC 8259 §8.1).
        let body = self.body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&self.body);
        serde_json::from_slice(body).or_else(|cause| malformed(unlike(&cause)))
    }
}

/// What is wrong with JSON, without anything of it: only the names of missing fields are ours.
fn unlike(cause: &serde_json::Error) -> String {
    let place = format!("line {}, column {}", cause.line(), cause.column());
    if !cause.is_data() {
        return format!("it is not JSON ({place})");
    }
    let text = cause.to_string();
    let missing = text.strip_prefix("missing field `").and_then(|rest| rest.split('`').next());
    match missing {
        Some(field) => format!("it has no {field} ({place})"),
        None => format!("it is not the JSON expected ({place})"),
    }
}

impl fmt::Debug for OutboundAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = &mut f.debug_struct("OutboundAnswer");
        shown.field("status", &self.status).field("bytes", &self.body.len()).finish_non_exhaustive()
    }
}

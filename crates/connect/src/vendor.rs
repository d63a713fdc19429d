//! A vendor's answer other than success: the one place where its status becomes a fault of ours.

use crate::OutboundAnswer;
use g8_domain::{Error, ErrorKind, Ts};
use serde_json::json;
use std::fmt;

/// What a vendor's refusal means, as far as a program must tell it apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VendorFaultKind {
    /// It does not take the request as it is: 400, 422 and other 4xx.
    Invalid,
    /// It does not accept the credentials: 401.
    Unauthorized,
    /// The credentials do not reach so far, a scope is missing: 403.
    Forbidden,
    /// What was asked for is not there: 404, 410.
    NotFound,
    /// The state of its data stands against it: 409, 412, 423.
    Conflict,
    /// Too much at once: 429, and 403 or 503 that say when to come back.
    RateLimited,
    /// A plan, credits or a payment have run out: 402.
    QuotaExhausted,
    /// It is down or too slow: 5xx, 408, 425.
    Unavailable,
    /// It leads elsewhere or says what nobody asked: 3xx and the rest.
    Unexpected,
}

impl VendorFaultKind {
    /// What a status means (RFC 9110 §15); `wait` is whether the answer says when to come back.
    #[must_use]
    pub fn of(status: u16, wait: bool) -> Self {
        match status {
            429 => Self::RateLimited,
            403 | 503 if wait => Self::RateLimited,
            401 => Self::Unauthorized,
            402 => Self::QuotaExhausted,
            403 => Self::Forbidden,
            404 | 410 => Self::NotFound,
            409 | 412 | 423 => Self::Conflict,
            408 | 425 | 500.. => Self::Unavailable,
            400..500 => Self::Invalid,
            _ => Self::Unexpected,
        }
    }
}

/// A vendor's refusal. An adapter that knows its vendor better sets the kind anew: some say 403 for too much at
/// once and 429 for credits that are used up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VendorFault {
    /// What it means.
    pub kind: VendorFaultKind,
    /// The status.
    pub status: u16,
    /// What the vendor says of it: one line of 300 characters at most, without what was sent as a secret.
    pub said: Option<String>,
    /// The seconds after which to come back.
    pub retry_after: Option<u64>,
}

impl VendorFault {
    /// The fault that an answer stands for at this moment. Of one that is a fault in spite of its status, the adapter
    /// sets the kind.
    #[must_use]
    pub fn of(answer: &OutboundAnswer, now: Ts) -> Self {
        let retry_after = answer.retry_after().map(|wait| wait.seconds(now));
        let kind = VendorFaultKind::of(answer.status, retry_after.is_some());
        Self { kind, status: answer.status, said: answer.said(), retry_after }
    }

    pub(crate) fn retryable(&self) -> bool {
        matches!(self.kind, VendorFaultKind::RateLimited | VendorFaultKind::Unavailable)
    }

    pub(crate) fn may_have_happened(&self) -> bool {
        matches!(self.kind, VendorFaultKind::Unavailable | VendorFaultKind::Unexpected)
    }

    /// What our own caller hears.
    pub(crate) fn error(&self, service: &str) -> Error {
        let error = Error::new(self.for_callers(), self.sentence(service));
        match self.retry_after.filter(|_| self.retryable()) {
            Some(seconds) => error.with(json!({ "retry_after": seconds })),
            None => error,
        }
    }

    /// The kind for callers. They did not show the credentials and do not know the paths: neither 401, 403 nor 404
    /// would be about what they sent.
    fn for_callers(&self) -> ErrorKind {
        match self.kind {
            VendorFaultKind::Conflict => ErrorKind::Conflict,
            VendorFaultKind::RateLimited => ErrorKind::TooMany,
            VendorFaultKind::Unavailable | VendorFaultKind::Unexpected => ErrorKind::Unavailable,
            _ => ErrorKind::Rule,
        }
    }

    fn sentence(&self, service: &str) -> String {
        let said = self.said.as_ref().map(|said| format!(" (it says: {said})")).unwrap_or_default();
        match (self.kind, self.retry_after) {
            (VendorFaultKind::Invalid, _) => {
                format!("{service} does not take what it was sent{said}; correct it and try again.")
            }
            (VendorFaultKind::Unauthorized, _) => {
                format!("{service} does not accept the credentials{said}; connect it again.")
            }
            (VendorFaultKind::Forbidden, _) => {
                format!("{service} does not permit this{said}; grant the connection what is missing there.")
            }
            (VendorFaultKind::NotFound, _) => {
                format!("{service} does not have what was asked for{said}; look whether it is still there.")
            }
            (VendorFaultKind::Conflict, _) => {
                format!("{service} has data that stands against this{said}; look there and try again.")
            }
            (VendorFaultKind::RateLimited, Some(seconds)) => {
                format!("{service} takes no more requests for now; try again in {seconds} seconds.")
            }
            (VendorFaultKind::RateLimited, None) => {
                format!("{service} takes no more requests for now; try again later.")
            }
            (VendorFaultKind::QuotaExhausted, _) => {
                format!("The plan or credits at {service} are used up{said}; extend them there.")
            }
            (VendorFaultKind::Unavailable, _) => {
                format!("{service} has a fault of its own ({}); try again later.", self.status)
            }
            (VendorFaultKind::Unexpected, _) => {
                format!("{service} answered {}, which is not expected; check its address.", self.status)
            }
        }
    }
}

impl fmt::Display for VendorFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "it answered {}", self.status)?;
        self.said.as_ref().map_or(Ok(()), |said| write!(f, ": {said}"))
    }
}

impl std::error::Error for VendorFault {}

//! How a call of another server fails, and what that is to our own callers.

use crate::{VendorFault, bounds::CONNECT, guard::NotPublic, words};
use g8_domain::{Error, ErrorKind};
use std::{error::Error as StdError, io, iter, time::Duration};

/// Why a call did not succeed. No text of it repeats a secret of the request or its URL's path or query.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OutboundError {
    /// The URL may not be called, worded to follow "the URL".
    #[error("the URL {0}")]
    Url(String),
    /// The request cannot be made as it was built.
    #[error("the request cannot be sent: {0}")]
    Request(String),
    /// The name is not known or nobody answers there.
    #[error("cannot connect: {0}")]
    Unreachable(String),
    /// The server does not prove who it is, or speaks no TLS.
    #[error("no secure connection: {0}")]
    Tls(String),
    /// Not in time.
    #[error("no {} in {} seconds", if *sent { "answer" } else { "connection" }, after.as_secs_f64())]
    TimedOut {
        /// The time it had.
        after: Duration,
        /// Whether the request may have been received.
        sent: bool,
    },
    /// The answer began and then stood still.
    #[error("the answer stood still for {} seconds", after.as_secs_f64())]
    Stalled {
        /// For how long.
        after: Duration,
    },
    /// The connection broke off, or the server speaks no HTTP.
    #[error("the connection broke off: {reason}")]
    Interrupted {
        /// The innermost cause.
        reason: String,
        /// Whether the request may have been received.
        sent: bool,
    },
    /// The answer is larger than so many bytes.
    #[error("the answer is larger than {0} bytes")]
    TooLarge(usize),
    /// The answer is not what it should be.
    #[error("the answer is malformed: {0}")]
    Malformed(String),
    /// The server answered other than with success.
    #[error(transparent)]
    Answered(#[from] VendorFault),
}

impl OutboundError {
    /// What became of sending.
    pub(crate) fn while_sending(cause: &reqwest::Error, sent: bool) -> Self {
        if let Some(private) = find::<NotPublic>(cause) {
            return Self::Url(private.to_string());
        }
        match cause {
            _ if cause.is_connect() && cause.is_timeout() => Self::TimedOut { after: CONNECT, sent: false },
            _ if cause.is_connect() && find::<rustls::Error>(cause).is_some() => Self::Tls(reason(cause)),
            _ if cause.is_connect() => Self::Unreachable(reason(cause)),
            _ => Self::Interrupted { reason: reason(cause), sent },
        }
    }

    /// What became of an answer that has begun.
    pub(crate) fn while_reading(cause: &reqwest::Error) -> Self {
        let broken = |cause: &io::Error| {
            matches!(cause.kind(), io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput)
        };
        match find::<io::Error>(cause).filter(|cause| broken(cause)) {
            Some(_) => Self::Malformed(reason(cause)),
            None => Self::Interrupted { reason: reason(cause), sent: true },
        }
    }

    /// Whether the same request may succeed later without anybody doing something. Where it
    /// [may have happened](Self::may_have_happened), repeating it is up to what it does.
    #[must_use]
    pub fn retryable(&self) -> bool {
        match self {
            Self::Unreachable(_)
            | Self::TimedOut { .. }
            | Self::Stalled { .. }
            | Self::Interrupted { .. } => true,
            Self::Answered(fault) => fault.retryable(),
            Self::Url(_) | Self::Request(_) | Self::Tls(_) | Self::TooLarge(_) | Self::Malformed(_) => false,
        }
    }

    /// The seconds after which to come back, where the server said so.
    #[must_use]
    pub fn retry_after(&self) -> Option<u64> {
        if let Self::Answered(fault) = self { fault.retry_after } else { None }
    }

    /// Whether the server may have done what was asked. False only where it surely has not.
    #[must_use]
    pub fn may_have_happened(&self) -> bool {
        match self {
            Self::Url(_) | Self::Request(_) | Self::Unreachable(_) | Self::Tls(_) => false,
            Self::TimedOut { sent, .. } | Self::Interrupted { sent, .. } => *sent,
            Self::Stalled { .. } | Self::TooLarge(_) | Self::Malformed(_) => true,
            Self::Answered(fault) => fault.may_have_happened(),
        }
    }

    /// What our own caller hears, as a sentence about a service by its name, as `HubSpot`. Its credentials are not
    /// the caller's: where it refuses them, the caller is not told 401.
    #[must_use]
    pub fn into_error(self, service: &str) -> Error {
        let unavailable = |text: String| Error::new(ErrorKind::Unavailable, text);
        let error = match &self {
            Self::Answered(fault) => fault.error(service),
            Self::Url(_) | Self::Request(_) => {
                let text = format!("{service} cannot be called, because {self}. Correct its settings.");
                Error::new(ErrorKind::Invalid, text)
            }
            Self::Tls(_) => unavailable(format!(
                "{service} does not prove who it is by TLS; check its address and its certificate."
            )),
            Self::TooLarge(_) | Self::Malformed(_) => {
                unavailable(format!("What {service} answers cannot be used: {self}. Try again later."))
            }
            _ if self.may_have_happened() => unavailable(format!(
                "{service} did not answer to the end and may have done what was asked; look there before you try \
                 again."
            )),
            _ => unavailable(format!("{service} cannot be reached; try again later.")),
        };
        error.because(self)
    }
}

/// The causes of an error, from the outside in; an I/O error does not tell its own otherwise.
fn causes<'a>(error: &'a (dyn StdError + 'static)) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    iter::successors(Some(error), |&error| {
        match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => error.source(),
        }
    })
}

fn find<'a, T: StdError + 'static>(error: &'a (dyn StdError + 'static)) -> Option<&'a T> {
    causes(error).find_map(|cause| cause.downcast_ref())
}

/// The innermost cause: what a person can act on.
fn reason(error: &reqwest::Error) -> String {
    let innermost = causes(error).last().map(ToString::to_string).unwrap_or_default();
    words::clean(&innermost, &words::Secrets::default())
}

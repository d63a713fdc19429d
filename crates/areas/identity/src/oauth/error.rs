//! Why a program gets nothing, in the words of RFC 6749 §5.2.

use g8_domain::{Error, ErrorKind};
use serde_json::{Value, json};

/// An answer other than success, for a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OauthError {
    /// The HTTP status.
    pub status: u16,
    /// What a program branches on.
    pub code: &'static str,
    /// One plain sentence.
    pub about: String,
    /// Seconds to wait.
    pub retry_after: Option<i64>,
}

impl OauthError {
    /// A fault of the request.
    pub(super) fn new(code: &'static str, about: impl Into<String>) -> Self {
        Self { status: 400, code, about: about.into(), retry_after: None }
    }

    /// Something is missing, twice there or malformed.
    pub(super) fn request(about: impl Into<String>) -> Self {
        Self::new("invalid_request", about)
    }

    /// A code or token that opens nothing, or no longer.
    pub(super) fn grant(about: impl Into<String>) -> Self {
        Self::new("invalid_grant", about)
    }

    /// A program that is not known, or has not proved to be it.
    pub(super) fn client(about: impl Into<String>) -> Self {
        Self { status: 401, ..Self::new("invalid_client", about) }
    }

    /// Tokens are for this server's tools and nothing else.
    pub(super) fn target() -> Self {
        Self::new("invalid_target", "The resource is not the MCP endpoint of this server.")
    }

    /// The body of the answer.
    #[must_use]
    pub fn body(&self) -> Value {
        json!({ "error": self.code, "error_description": self.about })
    }
}

impl From<Error> for OauthError {
    fn from(error: Error) -> Self {
        let (status, code) = match error.kind {
            ErrorKind::TooMany => (429, "temporarily_unavailable"),
            ErrorKind::Unavailable => (503, "temporarily_unavailable"),
            ErrorKind::Internal => (500, "server_error"),
            ErrorKind::Late => (408, "invalid_request"),
            _ => (400, "invalid_request"),
        };
        if status == 500 {
            tracing::error!(
                cause = error.cause.as_ref().map(tracing::field::display),
                "an OAuth request failed"
            );
        }
        let retry_after = error.data.as_ref().and_then(|data| data["retry_after"].as_i64());
        Self { status, code, about: error.message, retry_after }
    }
}

impl From<g8_storage::StorageError> for OauthError {
    fn from(error: g8_storage::StorageError) -> Self {
        Error::from(error).into()
    }
}

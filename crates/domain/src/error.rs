//! One error for every layer and every door.
//!
//! Variants of [`ErrorKind`] exist for what a *program* must tell apart; people read the message. A door
//! maps the kind once: to an HTTP status, an MCP tool error, an exit code. Causes (database errors,
//! I/O) are kept for the log and never shown.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::fmt;

/// What went wrong, as far as a program cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// The request is malformed or breaks a field's rules.
    Invalid,
    /// Nobody, or nobody valid, is asking.
    Unauthorized,
    /// The caller is known and may not.
    Forbidden,
    /// It is not there, or it belongs to somebody else.
    NotFound,
    /// The path exists, the method does not.
    Method,
    /// The state of the data stands against it: a duplicate, a concurrent change.
    Conflict,
    /// The body exceeds the limit.
    TooLarge,
    /// The body is not JSON.
    MediaType,
    /// Well-formed, and against a rule of the product.
    Rule,
    /// Too much at once; the same request will work later.
    TooMany,
    /// Our fault.
    Internal,
    /// Not now; the same request may work later.
    Unavailable,
    /// The request did not arrive in time.
    Late,
}

impl ErrorKind {
    /// Every kind, its HTTP status and its frozen `type` name (contract/platform.md B2).
    const TABLE: &'static [(Self, u16, &'static str)] = &[
        (Self::Invalid, 400, "ValidationIssue"),
        (Self::Unauthorized, 401, "UnauthorizedIssue"),
        (Self::Forbidden, 403, "UnauthorizedIssue"),
        (Self::NotFound, 404, "NotFoundIssue"),
        (Self::Method, 405, "ValidationIssue"),
        (Self::Conflict, 409, "CommitIssue"),
        (Self::TooLarge, 413, "ValidationIssue"),
        (Self::MediaType, 415, "ValidationIssue"),
        (Self::Rule, 422, "BusinessIssue"),
        (Self::TooMany, 429, "RateLimitIssue"),
        (Self::Internal, 500, "InternalIssue"),
        (Self::Unavailable, 503, "InternalIssue"),
        (Self::Late, 408, "ValidationIssue"),
    ];

    fn row(self) -> &'static (Self, u16, &'static str) {
        Self::TABLE.iter().find(|row| row.0 == self).unwrap_or(&Self::TABLE[10])
    }

    /// The HTTP status of this kind.
    #[must_use]
    pub fn status(self) -> u16 {
        self.row().1
    }

    /// The `type` of the error body.
    #[must_use]
    pub fn type_name(self) -> &'static str {
        self.row().2
    }

    /// The kind a status from another server stands for.
    #[must_use]
    pub fn from_status(status: u16) -> Self {
        let exact = Self::TABLE.iter().find(|row| row.1 == status).map(|row| row.0);
        exact.unwrap_or(if status < 500 { Self::Invalid } else { Self::Internal })
    }
}

/// One fault of a request: the field it is about, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Issue {
    /// Path of the field, as `limit` or `contacts[3].work_email`; empty for the whole request.
    pub field: String,
    /// What is wrong with it, worded to follow the field's name.
    pub problem: String,
}

impl Issue {
    /// A fault of `field`; the problem reads on from the name: `"must be at least 1"`.
    pub fn new(field: impl Into<String>, problem: impl Into<String>) -> Self {
        Self { field: field.into(), problem: problem.into() }
    }
}

impl fmt::Display for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.field.is_empty() {
            return f.write_str(&self.problem);
        }
        write!(f, "`{}` {}", self.field, self.problem)
    }
}

/// An answer other than success.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// What a program branches on.
    pub kind: ErrorKind,
    /// One plain sentence that names the field and the way out.
    pub message: String,
    /// Details for a program: the issues, the scopes, the id of the duplicate.
    pub data: Option<Box<Value>>,
    /// The request this answers, where another server said so.
    pub request_id: Option<String>,
    /// For the log only.
    #[source]
    pub cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// An error of `kind` with its sentence.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), data: None, request_id: None, cause: None }
    }

    /// The same error with details for a program.
    #[must_use]
    pub fn with(mut self, data: Value) -> Self {
        self.data = Some(Box::new(data));
        self
    }

    /// The same error with what lies behind it, for the log only.
    #[must_use]
    pub fn because(mut self, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    /// All faults of a request at once.
    #[must_use]
    pub fn invalid(issues: &[Issue]) -> Self {
        let sentences: Vec<String> = issues.iter().map(ToString::to_string).collect();
        let message = match sentences.as_slice() {
            [one] => format!("{one}."),
            many => format!("{} problems: {}.", many.len(), many.join("; ")),
        };
        Self::new(ErrorKind::Invalid, message).with(json!({ "issues": issues }))
    }

    /// One fault of one field.
    pub fn field(field: impl Into<String>, problem: impl Into<String>) -> Self {
        Self::invalid(&[Issue::new(field, problem)])
    }

    /// `what` with this id is not there, or not this organisation's.
    pub fn not_found(what: &str, id: impl fmt::Display) -> Self {
        Self::new(ErrorKind::NotFound, format!("There is no {what} {id} in this organisation."))
    }

    /// The state of the data stands against the request.
    pub fn conflict(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Conflict, message)
    }

    /// A rule of the product stands against the request.
    pub fn rule(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Rule, message)
    }

    /// Our fault; `cause` goes to the log, never to the caller.
    pub fn internal(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        let message = "Something failed inside the server; the request id is in its log.";
        Self { cause: Some(cause.into()), ..Self::new(ErrorKind::Internal, message) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_issues_become_one_sentence_that_names_each() {
        let error = Error::invalid(&[
            Issue::new("limit", "must be at least 1"),
            Issue::new("nmae", "is not a field of this request"),
        ]);
        let expected = "2 problems: `limit` must be at least 1; `nmae` is not a field of this request.";
        assert_eq!(error.message, expected);
        assert_eq!(error.kind.status(), 400);
    }

    #[test]
    fn a_status_from_elsewhere_finds_its_kind() {
        assert_eq!(ErrorKind::from_status(409), ErrorKind::Conflict);
        assert_eq!(ErrorKind::from_status(418), ErrorKind::Invalid);
        assert_eq!(ErrorKind::from_status(502), ErrorKind::Internal);
    }
}

//! Who calls and from where, and what a call came to.

use crate::Outgoing;
use g8_auth::{Audience, Caller, Quota};
use g8_domain::{Error, ErrorKind, Result};
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use std::{net::IpAddr, sync::Arc};

/// What a caller shows at a door.
#[derive(Debug, Clone, Copy, Default)]
pub struct Credential<'a> {
    /// The `Authorization` header.
    pub authorization: Option<&'a [u8]>,
    /// The door it is shown at.
    pub audience: Audience,
    /// The `X-Org-Id` header: a guard, not a choice.
    pub org: Option<&'a str>,
    /// Where it comes from; failures are limited by it.
    pub address: Option<IpAddr>,
}

/// Where a call came from; kept in the audit log.
#[derive(Debug, Clone, Default)]
pub struct Origin {
    /// Names the request in answers and logs.
    pub request_id: String,
    /// `http`, `mcp`, `cli`, `console` or `embedded`.
    pub door: &'static str,
    /// The peer's address, where there is one.
    pub address: Option<String>,
    /// The program at the other end, as it names itself.
    pub agent: Option<String>,
    /// The caller's `Idempotency-Key`.
    pub idempotency_key: Option<String>,
}

impl Origin {
    /// The peer's address.
    #[must_use]
    pub fn peer(&self) -> Option<IpAddr> {
        self.address.as_deref()?.parse().ok()
    }
}

/// A caller who has been let in, and whose request was counted. Only [`crate::App::enter`] makes one.
#[derive(Debug, Clone)]
pub struct Entry {
    pub(crate) caller: Arc<Caller>,
    pub(crate) quota: Quota,
}

impl Entry {
    /// Who it is.
    #[must_use]
    pub fn caller(&self) -> &Caller {
        &self.caller
    }

    /// What is left of the plan; a refused request is in here, too, and fails in [`crate::App::call`].
    #[must_use]
    pub fn quota(&self) -> &Quota {
        &self.quota
    }
}

/// What a call came to.
#[derive(Debug)]
pub struct Done {
    /// The answer.
    pub output: Box<RawValue>,
    /// Whether it is the stored answer to an earlier request with the same `Idempotency-Key`.
    pub replayed: bool,
    /// The file that the operation gives.
    pub file: Option<Outgoing>,
}

impl Done {
    /// The answer, as the operation declares it.
    ///
    /// # Errors
    /// It is something else: the other end is of another release.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_str(self.output.get()).map_err(|cause| {
            let message = "The answer is not what was expected; check that both ends are the same release.";
            Error { cause: Some(Box::new(cause)), ..Error::new(ErrorKind::Internal, message) }
        })
    }

    /// The file.
    ///
    /// # Errors
    /// There is none.
    pub fn file(self) -> Result<Outgoing> {
        self.file.ok_or_else(|| Error::internal("an operation gave no file"))
    }
}

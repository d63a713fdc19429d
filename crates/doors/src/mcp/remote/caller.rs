//! One request of somebody who was let in: it goes with the request to where its message is answered.

use crate::{
    http::pace::Permit,
    mcp::{ToolMode, is_yes},
};
use axum::http::{HeaderMap, Uri};
use g8_core::{Entry, Origin};
use url::form_urlencoded;

/// Who asks, how they were counted, and what they want to see.
#[derive(Clone)]
pub struct McpCaller {
    /// Who, and what is left of their plan.
    pub entry: Entry,
    /// Where the request comes from.
    pub origin: Origin,
    /// Which tools they want.
    pub mode: ToolMode,
    /// Whether they want none that changes anything.
    pub read_only: bool,
    /// Among the requests that run at once: the work holds it, not the session.
    pub(super) place: Option<Permit>,
}

impl McpCaller {
    /// The caller who was let in, with what the address and the headers ask for.
    pub(super) fn new(entry: Entry, origin: Origin, uri: &Uri, headers: &HeaderMap) -> Self {
        let mut caller = Self { entry, origin, mode: ToolMode::All, read_only: false, place: None };
        for (name, value) in form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()) {
            match &*name {
                "mode" => caller.mode = ToolMode::from_word(&value),
                "read_only" => caller.read_only = is_yes(&value),
                _ => {}
            }
        }
        let header = headers.get("x-mcp-readonly").and_then(|value| value.to_str().ok());
        caller.read_only |= header.is_some_and(is_yes);
        caller
    }

    /// Tells one caller from another. Sessions and confirmations are theirs alone.
    #[must_use]
    pub fn owner(&self) -> String {
        self.entry.caller().key.id.to_string()
    }
}

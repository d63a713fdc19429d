//! How events are delivered to webhooks.

use serde::Deserialize;

/// How events are delivered to webhooks.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Webhooks {
    /// Seconds from each failed try to the next; after the last of them the webhook is paused (seed 000).
    pub retry_seconds: Vec<u32>,
    /// Seconds a receiver may take to answer.
    pub timeout_seconds: u64,
    /// Hosts that webhooks may name though they are not on the public internet or speak no HTTPS.
    pub allow_hosts: Vec<String>,
}

impl Default for Webhooks {
    fn default() -> Self {
        Self { retry_seconds: vec![60, 300, 1800], timeout_seconds: 15, allow_hosts: Vec::new() }
    }
}

//! What the server bears at once, and how long it keeps things.

use serde::Deserialize;

/// What the server bears at once. Past it, a caller hears 503 and when to come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LimitSettings {
    /// Connections that are open at the same time.
    pub connections: usize,
    /// Requests that run at the same time.
    pub requests: usize,
    /// Seconds a request may take, from its headers to its answer; uploads and downloads may take longer.
    pub request_seconds: u64,
    /// Seconds a client may take to send a request's headers.
    pub header_seconds: u64,
    /// Streams that one key holds open at the same time, as `g8 listen` does.
    pub streams_per_key: usize,
    /// Failed authentications from one address in a minute; more are refused unread.
    pub failed_auth_per_minute: u32,
    /// Largest file that can be imported, in MiB.
    pub import_mib: u64,
}

impl Default for LimitSettings {
    fn default() -> Self {
        Self {
            connections: 1024,
            requests: 256,
            request_seconds: 60,
            header_seconds: 15,
            streams_per_key: 8,
            failed_auth_per_minute: 30,
            import_mib: 1024,
        }
    }
}

/// How many days finished things are kept; 0 keeps them for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Keep {
    /// Events, once everything that follows from them has happened.
    pub events: i64,
    /// The audit log.
    pub audit: i64,
    /// Deleted contacts and companies, after which they are erased.
    pub deleted: i64,
    /// Finished imports and exports, with their files.
    pub transfers: i64,
    /// Finished jobs.
    pub jobs: i64,
    /// Finished deliveries to webhooks, and every try.
    pub deliveries: i64,
    /// Notifications.
    pub notifications: i64,
}

impl Default for Keep {
    fn default() -> Self {
        Self { events: 90, audit: 400, deleted: 90, transfers: 7, jobs: 7, deliveries: 30, notifications: 90 }
    }
}

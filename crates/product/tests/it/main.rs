//! What areas do together, on both engines.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod activity;
mod deal;
mod erasing;
mod event;
mod events;
mod jobs;
mod member;
mod paging;
mod privacy;
mod sealed;
mod service {
    mod audit;
    mod idempotency;
    mod limits;
    mod request_log;
    mod start;
    mod walk;
}
mod task;
mod webhook;

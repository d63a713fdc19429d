//! Background jobs: what is queued, what has failed for good, and what to do about it.

mod admin;
mod discard;
mod list;
mod retry;
mod view;

pub(crate) use admin::{discard_job, revive_job};
pub use admin::{drop_job, list_jobs, retry_job};
pub use discard::DiscardJob;
pub use list::ListJobs;
pub use retry::{Input as RetryJobInput, RetryJob};
pub use view::JobView;

#[cfg(test)]
mod tests;

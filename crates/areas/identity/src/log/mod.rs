//! The log of requests.

mod list;
#[cfg(test)]
mod tests;

pub use list::{ListRequests, RequestView};

//! How long a call may take and how large an answer may be.

use std::time::Duration;

/// How long a connection may take to stand.
pub(crate) const CONNECT: Duration = Duration::from_secs(10);
/// The longest time limit that is kept.
pub(crate) const LONGEST: Duration = Duration::from_secs(86_400);

/// The bounds of one call.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    /// For all of it, the answer's last byte included.
    pub deadline: Duration,
    /// Between two pieces of the answer.
    pub idle: Duration,
    /// The largest answer, unpacked.
    pub bytes: usize,
    /// Whether the beginning of a larger answer is kept, instead of refusing it.
    pub cut: bool,
}

impl Default for Bounds {
    fn default() -> Self {
        let usual = Duration::from_secs(30);
        Self { deadline: usual, idle: usual, bytes: 1 << 20, cut: false }
    }
}

//! The time, as the context gives it.

use g8_domain::Ts;
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

/// Where the time comes from.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// Stands still until a test advances it.
    Manual(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at 2026-01-01 UTC.
    #[must_use]
    pub fn manual() -> Self {
        Self::Manual(Arc::new(AtomicI64::new(1_767_225_600 * Ts::SECOND)))
    }

    /// Now.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    pub fn now(&self) -> Ts {
        match self {
            Self::System => chrono::Utc::now().into(),
            Self::Manual(micros) => Ts(micros.load(Ordering::Relaxed)),
        }
    }

    /// Moves a manual clock on; the machine's clock moves by itself.
    pub fn advance(&self, micros: i64) {
        if let Self::Manual(now) = self {
            now.fetch_add(micros, Ordering::Relaxed);
        }
    }
}

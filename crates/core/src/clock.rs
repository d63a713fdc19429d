//! The time, as the context gives it.

use g8_domain::Ts;
use std::{
    sync::{
        Arc, LazyLock,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, Instant},
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

    /// Time that has passed since some moment, by a clock that nobody sets: for how long something took.
    #[must_use]
    pub fn monotonic(&self) -> Duration {
        match self {
            Self::System => since_start(),
            Self::Manual(micros) => {
                Duration::from_micros(u64::try_from(micros.load(Ordering::Relaxed)).unwrap_or_default())
            }
        }
    }

    /// Moves a manual clock on; the machine's clock moves by itself.
    pub fn advance(&self, micros: i64) {
        if let Self::Manual(now) = self {
            now.fetch_add(micros, Ordering::Relaxed);
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's monotonic clock")]
fn since_start() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed()
}

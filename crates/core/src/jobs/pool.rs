//! Which jobs wait together for their turn, as data: each kind names its pool, and new pools need no list.

/// Jobs that share places, so that others do not wait behind them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pool {
    /// Its name in the table; never changes.
    pub name: &'static str,
    /// How many of its jobs a worker runs at once.
    pub at_once: usize,
    /// How many jobs with the same key ([`Job::key`](super::Job::key)) run at once in the whole cluster; any number
    /// when none.
    pub per_key: Option<usize>,
    /// Whether their changes have much to do: their statements leave the threads of the runtime to others.
    pub large: bool,
}

impl Pool {
    /// Those that compute and write.
    pub const WORK: Self = Self::new("work", 4).large();
    /// Those that read or write whole files.
    pub const FILES: Self = Self::new("files", 4).large();
    /// Those that mostly wait for somebody else's server.
    pub const NETWORK: Self = Self::new("network", 128);

    /// A pool of its own.
    #[must_use]
    pub const fn new(name: &'static str, at_once: usize) -> Self {
        Self { name, at_once, per_key: None, large: false }
    }

    /// The same for changes that have much to do.
    #[must_use]
    pub const fn large(mut self) -> Self {
        self.large = true;
        self
    }

    /// The same with a limit for each key.
    #[must_use]
    pub const fn per_key(mut self, at_once: usize) -> Self {
        self.per_key = Some(at_once);
        self
    }
}

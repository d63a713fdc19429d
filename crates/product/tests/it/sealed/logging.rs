//! Everything that the program logs, in every thread, while somebody listens.

use std::{
    io::{self, Write},
    sync::{
        Mutex, Once,
        atomic::{AtomicUsize, Ordering},
    },
};
use tracing_subscriber::{
    Layer, filter::dynamic_filter_fn, fmt, layer::SubscriberExt, registry, util::SubscriberInitExt,
};

static LISTENING: AtomicUsize = AtomicUsize::new(0);
static LOG: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct Collector;

impl Write for Collector {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOG.lock().unwrap().write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Somebody who listens.
pub struct Logging;

impl Logging {
    /// Listens from now on, to every level.
    pub fn begin() -> Self {
        static ONCE: Once = Once::new();
        ONCE.call_once(|| {
            let listening = dynamic_filter_fn(|_, _| LISTENING.load(Ordering::SeqCst) > 0);
            registry().with(fmt::layer().with_writer(|| Collector).with_filter(listening)).init();
        });
        LISTENING.fetch_add(1, Ordering::SeqCst);
        Self
    }

    /// What was logged, by other tests as well.
    pub fn end(self) -> String {
        LISTENING.fetch_sub(1, Ordering::SeqCst);
        String::from_utf8(LOG.lock().unwrap().clone()).unwrap()
    }
}

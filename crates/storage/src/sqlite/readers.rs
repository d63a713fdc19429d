//! The connections that read.

use super::{Question, on_thread, open, statement::fetch};
use crate::{StorageError, StorageResult};
use rusqlite::{Connection, types::Value};
use std::{
    path::Path,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

/// Connections for short statements, and for long ones.
const SHORT: usize = 4;
const LONG: usize = 4;
/// How long somebody waits for a connection.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long one statement may take.
pub(crate) const LONGEST: Duration = Duration::from_secs(20);
/// Steps of the engine after which it asks whether to go on: a hundred microseconds.
const STEPS: i32 = 5_000;
/// How often a statement may go on where others wait for the thread: a millisecond.
const A_MOMENT: u32 = 8;
/// KiB that a connection's cache takes at most. Caches of the writer's size would be most of the server's memory.
const CACHE: i64 = 6144;

/// Several connections that cannot write. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Readers {
    short: Arc<Pool>,
    long: Arc<Pool>,
}

impl Readers {
    pub(crate) fn new(file: &Path) -> Self {
        Self { short: Pool::new(file, SHORT), long: Pool::new(file, LONG) }
    }

    /// Runs a statement here, if it takes microseconds, as most do; else on a thread.
    pub(crate) async fn short(&self, asked: Question) -> StorageResult<Vec<Value>> {
        let reader = self.short.lend(A_MOMENT).await?;
        match reader.fetch(&asked, Duration::ZERO) {
            // It goes on for longer than others should wait, or another program holds the file as a whole.
            Err(StorageError::Slow(_) | StorageError::Busy(_)) => {
                drop(reader);
                self.long(asked, LONGEST).await
            }
            rows => rows,
        }
    }

    /// Runs a statement on a thread; it is stopped when it takes too long, or when nobody waits for it any more.
    pub(crate) async fn long(&self, asked: Question, longest: Duration) -> StorageResult<Vec<Value>> {
        let reader = self.long.lend(u32::MAX).await?;
        let left = Arc::clone(&reader.left);
        let mut reading = std::pin::pin!(on_thread(move || {
            let rows = reader.fetch(&asked, super::writer::PATIENCE);
            Ok((reader, rows))
        }));
        // Dropped first: the reader is not yet another's when it is stopped.
        let stop = Stop(left);
        let (reader, rows) = match timeout(longest, &mut reading).await {
            Ok(done) => done?,
            Err(_) => {
                stop.now();
                reading.await?
            }
        };
        drop(stop);
        drop(reader);
        rows
    }

    /// Connections, and those that nobody uses just now.
    pub(crate) fn load(&self) -> (u32, u32) {
        let pools = [&self.short, &self.long];
        let size = pools.iter().map(|pool| pool.size.load(Ordering::Relaxed)).sum();
        let idle = pools.iter().map(|pool| u32::try_from(pool.idle().len()).unwrap_or(u32::MAX)).sum();
        (size, idle)
    }

    /// Waits until nobody reads, and closes.
    pub(crate) async fn close(&self) {
        for (pool, many) in [(&self.short, SHORT), (&self.long, LONG)] {
            let all = u32::try_from(many).unwrap_or_default();
            let _all = timeout(PATIENCE, pool.places.acquire_many(all)).await;
            pool.places.close();
            pool.idle().clear();
        }
    }
}

/// Stops a statement when it is dropped.
struct Stop(Arc<AtomicU32>);

impl Stop {
    fn now(&self) {
        self.0.store(0, Ordering::Relaxed);
    }
}

impl Drop for Stop {
    fn drop(&mut self) {
        self.now();
    }
}

#[derive(Debug)]
struct Pool {
    file: Box<Path>,
    idle: Mutex<Vec<Reader>>,
    places: Arc<Semaphore>,
    size: AtomicU32,
}

#[derive(Debug)]
struct Reader {
    connection: Connection,
    /// How often the engine may still go on with the statement, [`STEPS`] each time.
    left: Arc<AtomicU32>,
}

impl Reader {
    fn open(file: &Path) -> StorageResult<Self> {
        let (connection, left) = (open::reader(file, CACHE)?, Arc::<AtomicU32>::default());
        let counted = Arc::clone(&left);
        let stops = move || {
            counted.try_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_err()
        };
        connection.progress_handler(STEPS, Some(stops))?;
        Ok(Self { connection, left })
    }
}

impl Pool {
    fn new(file: &Path, most: usize) -> Arc<Self> {
        let places = Arc::new(Semaphore::new(most));
        Arc::new(Self { file: file.into(), idle: Mutex::default(), places, size: AtomicU32::new(0) })
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Reader>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A reader for one statement, which may go on so often.
    async fn lend(self: &Arc<Self>, left: u32) -> StorageResult<Lent> {
        let place = match Arc::clone(&self.places).try_acquire_owned() {
            Ok(place) => place,
            Err(_) => timeout(PATIENCE, Arc::clone(&self.places).acquire_owned())
                .await
                .map_err(|waited| StorageError::Busy(waited.into()))?
                .map_err(|closed| StorageError::Busy(closed.into()))?,
        };
        let idle = self.idle().pop();
        let reader = match idle {
            Some(reader) => reader,
            None => {
                let reader = Reader::open(&self.file)?;
                self.size.fetch_add(1, Ordering::Relaxed);
                reader
            }
        };
        reader.left.store(left, Ordering::Relaxed);
        let left = Arc::clone(&reader.left);
        Ok(Lent { reader: Some(reader), left, pool: Arc::clone(self), _place: place })
    }
}

/// A connection for one statement.
struct Lent {
    reader: Option<Reader>,
    left: Arc<AtomicU32>,
    pool: Arc<Pool>,
    _place: OwnedSemaphorePermit,
}

impl Lent {
    /// Runs a statement; another program may keep the file locked for so long.
    fn fetch(&self, asked: &Question, patience: Duration) -> StorageResult<Vec<Value>> {
        let Some(Reader { connection, .. }) = &self.reader else { return Err(StorageError::Lost) };
        connection.busy_timeout(patience)?;
        fetch(connection, asked)
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        self.pool.idle().extend(self.reader.take());
    }
}

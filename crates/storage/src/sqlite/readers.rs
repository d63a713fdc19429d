//! The connections that read.

use super::{on_thread, open, statement::fetch};
use crate::{Arg, StorageError, StorageResult};
use rusqlite::{Connection, types::Value};
use std::{
    borrow::Cow,
    path::Path,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU32, Ordering},
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
/// How long one statement of a caller's making may take.
pub(crate) const LONGEST: Duration = Duration::from_secs(20);
/// Steps of the engine after which it asks whether to go on: some hundred microseconds.
const STEPS: i32 = 20_000;
/// KiB that a connection's cache takes at most. Caches of the writer's size would be most of the server's memory.
const CACHE: i64 = 6144;

/// Several connections that cannot write. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Readers {
    short: Arc<Pool>,
    long: Arc<Pool>,
}

/// One statement: its text, its values, and the columns that are wanted of its rows.
pub(crate) struct Question {
    pub sql: Cow<'static, str>,
    pub args: Vec<Arg>,
    pub columns: Vec<&'static str>,
}

impl Readers {
    pub(crate) fn new(file: &Path) -> Self {
        Self { short: Pool::new(file, SHORT), long: Pool::new(file, LONG) }
    }

    /// Runs a statement of ours here; it takes microseconds.
    pub(crate) async fn short(&self, asked: Question) -> StorageResult<Vec<Value>> {
        let lent = self.short.lend().await?;
        let rows = fetch(lent.connection()?, &asked.sql, &asked.args, &asked.columns);
        match rows {
            // Another program holds the file as a whole: that may last.
            Err(StorageError::Busy(_)) => {
                on_thread(move || {
                    let on = lent.connection()?;
                    on.busy_timeout(super::writer::PATIENCE)?;
                    let rows = fetch(on, &asked.sql, &asked.args, &asked.columns);
                    on.busy_timeout(Duration::ZERO)?;
                    rows
                })
                .await
            }
            rows => rows,
        }
    }

    /// Runs a statement of a caller's making on a thread; it is stopped when it takes too long, or when nobody
    /// waits for it any more.
    pub(crate) async fn long(&self, asked: Question, longest: Duration) -> StorageResult<Vec<Value>> {
        let lent = self.long.lend().await?;
        let over = Over::default();
        let stop = Arc::clone(&over.0);
        let mut rows = std::pin::pin!(on_thread(move || {
            let on = lent.connection()?;
            on.busy_timeout(super::writer::PATIENCE)?;
            on.progress_handler(STEPS, Some(move || stop.load(Ordering::Relaxed)))?;
            let rows = fetch(on, &asked.sql, &asked.args, &asked.columns);
            on.progress_handler(0, None::<fn() -> bool>)?;
            rows
        }));
        match timeout(longest, &mut rows).await {
            Ok(rows) => rows,
            Err(_) => {
                over.0.store(true, Ordering::Relaxed);
                rows.await
            }
        }
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
#[derive(Default)]
struct Over(Arc<AtomicBool>);

impl Drop for Over {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[derive(Debug)]
struct Pool {
    file: Box<Path>,
    idle: Mutex<Vec<Connection>>,
    places: Arc<Semaphore>,
    size: AtomicU32,
}

impl Pool {
    fn new(file: &Path, most: usize) -> Arc<Self> {
        let places = Arc::new(Semaphore::new(most));
        Arc::new(Self { file: file.into(), idle: Mutex::default(), places, size: AtomicU32::new(0) })
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn lend(self: &Arc<Self>) -> StorageResult<Lent> {
        let place = match Arc::clone(&self.places).try_acquire_owned() {
            Ok(place) => place,
            Err(_) => timeout(PATIENCE, Arc::clone(&self.places).acquire_owned())
                .await
                .map_err(|waited| StorageError::Busy(waited.into()))?
                .map_err(|closed| StorageError::Busy(closed.into()))?,
        };
        let idle = self.idle().pop();
        let connection = match idle {
            Some(connection) => connection,
            None => {
                let connection = open::reader(&self.file, CACHE)?;
                self.size.fetch_add(1, Ordering::Relaxed);
                connection
            }
        };
        Ok(Lent { connection: Some(connection), pool: Arc::clone(self), _place: place })
    }
}

/// A connection for one statement.
struct Lent {
    connection: Option<Connection>,
    pool: Arc<Pool>,
    _place: OwnedSemaphorePermit,
}

impl Lent {
    fn connection(&self) -> StorageResult<&Connection> {
        self.connection.as_ref().ok_or(StorageError::Lost)
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        self.pool.idle().extend(self.connection.take());
    }
}

//! SQLite's one writer. Concurrent changes share a commit, and with it the wait for the disk.
//!
//! Changes take turns on the connection inside one transaction of the engine. Whoever finishes while
//! others wait leaves the commit to them; the last one commits for all, and only then does anyone hear
//! that it is done. A change that fails is rolled back to its savepoint, alone.

mod group;
mod index;
mod log;
mod turn;

use super::open;
use crate::{StorageError, StorageResult};
use group::{Group, Tally};
use log::Log;
use rusqlite::Connection;
use std::{
    path::Path,
    sync::{
        Arc, Weak,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::{
    runtime::Handle,
    sync::Mutex,
    time::{Instant, timeout},
};
pub use turn::Turn;

/// How long another program may hold the file.
pub(crate) const PATIENCE: Duration =
    if cfg!(test) { Duration::from_millis(500) } else { Duration::from_secs(5) };
/// How long somebody waits for a turn.
const LINE: Duration = Duration::from_secs(10);

/// The writing connection, shared.
#[derive(Clone, Debug)]
pub struct Writer {
    group: Arc<Mutex<Group>>,
    waiting: Arc<AtomicUsize>,
    commits: Arc<Tally>,
}

impl Writer {
    pub(crate) fn open(file: &Path) -> StorageResult<Self> {
        let commits = Arc::<Tally>::default();
        let connection = open::writer(file)?;
        let group = Arc::new_cyclic(|own| {
            let log = Log::new(file, &connection, Weak::clone(own));
            Mutex::new(Group::new(connection, log, Arc::clone(&commits)))
        });
        Ok(Self { group, waiting: Arc::default(), commits })
    }

    /// How many commits there have been, and how many changes were in them.
    pub(crate) fn commits(&self) -> (u64, u64) {
        self.commits.read()
    }

    /// Waits for a turn. Where another program holds the file, all wait for it at the same time, not each anew once
    /// it is its turn.
    pub(crate) async fn turn(&self) -> StorageResult<Turn> {
        let asked = Instant::now();
        let line = Line::of(self);
        let group = timeout(LINE, Arc::clone(&self.group).lock_owned()).await;
        let group = group.map_err(|waited| StorageError::Busy(waited.into()))?;
        line.leave();
        let patience = PATIENCE.saturating_sub(asked.elapsed());
        Turn::begin(group, Arc::clone(&self.waiting), patience).await
    }

    /// Does something with the connection on a thread, when nobody else can be at it and no transaction is open.
    pub(crate) async fn alone<R: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> StorageResult<R> + Send + 'static,
    ) -> StorageResult<R> {
        Group::alone(Arc::clone(&self.group), work).await
    }

    /// Waits until the log is not being moved.
    #[cfg(test)]
    pub(crate) async fn log_rests(&self) {
        while self.group.lock().await.log.is_moving() {
            tokio::task::yield_now().await;
        }
    }

    /// Puts all that is in the log into the file, and overwrites it.
    pub(crate) async fn truncate_log(&self) -> StorageResult<()> {
        self.alone(log::truncate).await
    }
}

/// A place in the line for a turn. Whoever goes away while waiting may be the one to whom others left their commit.
struct Line {
    writer: Option<Writer>,
}

impl Line {
    fn of(writer: &Writer) -> Self {
        writer.waiting.fetch_add(1, Ordering::AcqRel);
        Self { writer: Some(writer.clone()) }
    }

    fn leave(mut self) {
        if let Some(writer) = self.writer.take() {
            writer.waiting.fetch_sub(1, Ordering::AcqRel);
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        let Some(writer) = self.writer.take() else { return };
        let was_last = writer.waiting.fetch_sub(1, Ordering::AcqRel) == 1;
        if let (true, Ok(runtime)) = (was_last, Handle::try_current()) {
            runtime.spawn(async move { writer.alone(|_| Ok(())).await });
        }
    }
}

//! The connection, and the changes that its open transaction holds.

use super::log::Log;
use crate::{StorageError, StorageResult, sqlite::on_thread};
use fail::fail_point;
use rusqlite::Connection;
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};
use tokio::sync::{Mutex, OwnedMutexGuard, oneshot};

/// Commits so far, and the changes in them.
#[derive(Debug, Default)]
pub(super) struct Tally {
    groups: AtomicU64,
    changes: AtomicU64,
}

impl Tally {
    pub(super) fn read(&self) -> (u64, u64) {
        (self.groups.load(Ordering::Relaxed), self.changes.load(Ordering::Relaxed))
    }
}

/// The connection, and those who have finished and wait for the commit.
#[derive(Debug)]
pub(super) struct Group {
    pub connection: Connection,
    pub open: bool,
    pub finished: Vec<oneshot::Sender<StorageResult<()>>>,
    pub log: Log,
    commits: Arc<Tally>,
}

/// The group in the hands of one change.
pub(super) type Held = OwnedMutexGuard<Group>;

impl Group {
    pub(super) fn new(connection: Connection, log: Log, commits: Arc<Tally>) -> Self {
        Self { connection, open: false, finished: Vec::new(), log, commits }
    }

    pub(super) fn run(&self, sql: &str) -> StorageResult<()> {
        self.connection.prepare_cached(sql)?.raw_execute()?;
        Ok(())
    }

    /// Commits for everybody who has finished, and for so many more. Waits for the disk.
    pub(super) fn commit(&mut self, more: usize) -> StorageResult<()> {
        fail_point!(crate::points::COMMIT_BEFORE);
        if let Err(error) = self.catch_up().and_then(|()| self.run("COMMIT")) {
            let cause = Arc::new(error);
            self.abandon(Some(&cause));
            return Err(StorageError::Shared(cause));
        }
        fail_point!(crate::points::COMMIT_AFTER);
        self.open = false;
        let changes = u64::try_from(self.finished.len() + more).unwrap_or(u64::MAX);
        self.commits.groups.fetch_add(1, Ordering::Relaxed);
        self.commits.changes.fetch_add(changes, Ordering::Relaxed);
        for waiter in self.finished.drain(..) {
            // Whoever has gone away has its change all the same.
            let _ = waiter.send(Ok(()));
        }
        self.log.grown();
        Ok(())
    }

    /// Does something with the connection on a thread, when nobody else can be at it and no transaction is open.
    pub(super) async fn alone<R: Send + 'static>(
        group: Arc<Mutex<Self>>,
        work: impl FnOnce(&Connection) -> StorageResult<R> + Send + 'static,
    ) -> StorageResult<R> {
        let mut group = group.lock_owned().await;
        on_thread(move || {
            // Those who finished left the commit to one who comes only after this.
            if group.open {
                group.commit(0)?;
            }
            work(&group.connection)
        })
        .await
    }

    /// Gives the whole transaction up: nobody in it was told that it lasts, and all hear why.
    pub(super) fn abandon(&mut self, why: Option<&Arc<StorageError>>) {
        // The engine may have rolled it back itself, as on a full disk.
        let _ = self.run("ROLLBACK");
        self.open = false;
        for waiter in self.finished.drain(..) {
            let told = why.map_or(StorageError::Lost, |why| StorageError::Shared(Arc::clone(why)));
            let _ = waiter.send(Err(told));
        }
    }

    /// Undoes the change whose turn it is, and no other.
    pub(super) fn undo(&mut self, first: bool, why: Option<&Arc<StorageError>>) {
        // A full disk may have undone the changes of others with it.
        if first || self.take_back().is_err() {
            self.abandon(why);
        }
    }

    fn take_back(&self) -> StorageResult<()> {
        self.run("ROLLBACK TO turn")?;
        self.run("RELEASE turn")
    }
}

//! One change on the writing connection.

use super::group::{Group, Held};
use crate::{
    StorageError, StorageResult,
    sqlite::{Question, on_thread, patiently, statement},
};
use rusqlite::types::Value;
use std::{
    mem,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::{runtime::Handle, sync::oneshot};

/// Changes that share a commit at most: what a slow disk may hold up.
const MOST: usize = 128;

/// A change. Dropped without [`Turn::commit`], it never was.
#[derive(Debug)]
pub struct Turn {
    change: Change,
    /// Whether all its statements run on threads that may wait.
    apart: bool,
}

impl Turn {
    /// Begins in a group that is free.
    pub(super) async fn begin(
        group: Held,
        waiting: Arc<AtomicUsize>,
        patience: Duration,
    ) -> StorageResult<Self> {
        let first = !group.open;
        let change = Change(Some(Open { group, waiting, first, fault: None }));
        let mut turn = Self { change, apart: false };
        let begun = if first {
            turn.begin_group(patience).await
        } else {
            turn.change.open()?.group.run("SAVEPOINT turn")
        };
        begun.map(|()| turn)
    }

    /// `BEGIN IMMEDIATE`, because a reader that turns writer fails when another wrote meanwhile.
    async fn begin_group(&mut self, patience: Duration) -> StorageResult<()> {
        match self.change.open()?.group.begin() {
            // Another program writes: that may last, and no thread of the runtime waits for it.
            Err(StorageError::Busy(_)) if !patience.is_zero() => {
                self.on_thread(move |open| open.group.begin_within(patience)).await
            }
            begun => begun,
        }
    }

    /// From now on its statements leave the thread that asks: they are many, or large.
    pub(crate) fn set_apart(&mut self) {
        self.apart = true;
    }

    /// The values of the columns that are asked for, of each row.
    pub(crate) async fn fetch(&mut self, asked: Question, long: bool) -> StorageResult<Vec<Value>> {
        self.run(long, move |open| statement::fetch(&open.group.connection, &asked)).await
    }

    /// Runs a statement; says how many rows it changed.
    pub(crate) async fn change(&mut self, asked: Question, long: bool) -> StorageResult<u64> {
        self.run(long, move |open| statement::change(&open.group.connection, &asked)).await
    }

    async fn run<R: Send + 'static>(
        &mut self,
        long: bool,
        work: impl FnOnce(&mut Open) -> StorageResult<R> + Send + 'static,
    ) -> StorageResult<R> {
        let done = if long || self.apart { self.on_thread(work).await } else { work(self.change.open()?) };
        done.map_err(|error| self.change.failed(error))
    }

    /// Who goes away meanwhile leaves the change to the thread, which undoes it.
    async fn on_thread<R: Send + 'static>(
        &mut self,
        work: impl FnOnce(&mut Open) -> StorageResult<R> + Send + 'static,
    ) -> StorageResult<R> {
        let mut change = mem::take(&mut self.change);
        let (change, done) = on_thread(move || {
            let done = work(change.open()?);
            Ok((change, done))
        })
        .await?;
        self.change = change;
        done
    }

    /// Returns once the disk has it.
    pub(crate) async fn commit(mut self) -> StorageResult<()> {
        let open = self.change.open()?;
        if !open.first {
            // A fault in here is this change's alone: dropping it undoes it.
            let done = open.group.run("RELEASE turn");
            done.map_err(|error| self.change.failed(error))?;
        }
        let Some(Open { mut group, waiting, .. }) = self.change.0.take() else {
            return Err(StorageError::Lost);
        };
        if waiting.load(Ordering::Acquire) == 0 || group.finished.len() + 1 >= MOST {
            return on_thread(move || group.commit(1)).await;
        }
        let (done, wait) = oneshot::channel();
        group.finished.push(done);
        drop(group);
        wait.await.unwrap_or(Err(StorageError::Lost))
    }
}

/// What is undone when it is dropped; nothing while a thread has it, and once it is committed.
#[derive(Debug, Default)]
struct Change(Option<Open>);

#[derive(Debug)]
struct Open {
    group: Held,
    waiting: Arc<AtomicUsize>,
    first: bool,
    /// The fault of the disk by which it fails.
    fault: Option<Arc<StorageError>>,
}

impl Change {
    fn open(&mut self) -> StorageResult<&mut Open> {
        self.0.as_mut().ok_or(StorageError::Lost)
    }

    /// Remembers a fault of the disk: if the engine gives up the whole transaction by it, others hear of it, too.
    fn failed(&mut self, error: StorageError) -> StorageError {
        let Some(open) = self.0.as_mut().filter(|_| error.is_disk()) else { return error };
        let cause = Arc::new(error);
        open.fault = Some(Arc::clone(&cause));
        StorageError::Shared(cause)
    }
}

impl Drop for Change {
    fn drop(&mut self) {
        let Some(Open { mut group, waiting, first, fault }) = self.0.take() else { return };
        if !group.open {
            return;
        }
        group.undo(first, fault.as_ref());
        // Others may have left their commit to this one.
        let last = group.open && waiting.load(Ordering::Acquire) == 0;
        // Without a runtime the process is ending, and the engine rolls back what is open.
        if let (true, Ok(runtime)) = (last, Handle::try_current()) {
            runtime.spawn_blocking(move || group.commit(0));
        }
    }
}

impl Group {
    fn begin(&mut self) -> StorageResult<()> {
        self.run("BEGIN IMMEDIATE")?;
        self.open = true;
        Ok(())
    }

    fn begin_within(&mut self, patience: Duration) -> StorageResult<()> {
        patiently(&self.connection, patience, |on| Ok(on.execute_batch("BEGIN IMMEDIATE")?))?;
        self.open = true;
        Ok(())
    }
}

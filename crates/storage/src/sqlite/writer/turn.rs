//! One change on the writing connection.

use super::{
    PATIENCE,
    group::{Group, Held, with_group},
    lost,
};
use crate::{
    Arg, StorageError, StorageResult,
    sqlite::statement::{change, fetch},
};
use rusqlite::types::Value;
use std::{
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
    group: Option<Held>,
    waiting: Arc<AtomicUsize>,
    first: bool,
    /// The fault of the disk by which it fails.
    fault: Option<Arc<StorageError>>,
}

impl Turn {
    /// Begins in a group that is free.
    pub(super) async fn begin(group: Held, waiting: Arc<AtomicUsize>) -> StorageResult<Self> {
        let first = !group.open;
        let mut turn = Self { group: Some(group), waiting, first, fault: None };
        if first {
            turn.open().await?;
        } else {
            turn.held()?.run("SAVEPOINT turn")?;
        }
        Ok(turn)
    }

    /// `BEGIN IMMEDIATE`, because a reader that turns writer fails when another wrote meanwhile.
    async fn open(&mut self) -> StorageResult<()> {
        match self.held()?.run("BEGIN IMMEDIATE") {
            Err(StorageError::Busy(_)) => {}
            begun => {
                self.held()?.open = begun.is_ok();
                return begun;
            }
        }
        // Another program writes: that may last, and no thread of the runtime waits for it.
        let (group, begun) = with_group(lost(self.group.take())?, |group| {
            group.connection.busy_timeout(PATIENCE)?;
            let begun = group.run("BEGIN IMMEDIATE");
            group.open = begun.is_ok();
            group.connection.busy_timeout(Duration::ZERO)?;
            begun
        })
        .await?;
        self.group = Some(group);
        begun
    }

    fn held(&mut self) -> StorageResult<&mut Group> {
        self.group.as_deref_mut().ok_or(StorageError::Lost)
    }

    /// The values of these columns of each row.
    pub(crate) fn fetch(
        &mut self,
        sql: &str,
        args: &[Arg],
        columns: &[&'static str],
    ) -> StorageResult<Vec<Value>> {
        let done = fetch(&self.held()?.connection, sql, args, columns);
        done.map_err(|error| self.failed(error))
    }

    /// Runs a statement; says how many rows it changed.
    pub(crate) fn change(&mut self, sql: &str, args: &[Arg]) -> StorageResult<u64> {
        let done = change(&self.held()?.connection, sql, args);
        done.map_err(|error| self.failed(error))
    }

    /// Remembers a fault of the disk: if the engine gives up the whole transaction by it, others hear of it, too.
    fn failed(&mut self, error: StorageError) -> StorageError {
        if !error.is_disk() {
            return error;
        }
        let cause = Arc::new(error);
        self.fault = Some(Arc::clone(&cause));
        StorageError::Shared(cause)
    }

    /// Returns once the disk has it.
    pub(crate) async fn commit(mut self) -> StorageResult<()> {
        if !self.first {
            // A fault in here is this change's alone: dropping it undoes it.
            let done = self.held()?.run("RELEASE turn");
            done.map_err(|error| self.failed(error))?;
        }
        let mut group = lost(self.group.take())?;
        if self.waiting.load(Ordering::Acquire) == 0 || group.finished.len() + 1 >= MOST {
            return with_group(group, |group| group.commit(1)).await?.1;
        }
        let (done, wait) = oneshot::channel();
        group.finished.push(done);
        drop(group);
        wait.await.unwrap_or(Err(StorageError::Lost))
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let Some(mut group) = self.group.take().filter(|group| group.open) else { return };
        group.undo(self.first, self.fault.take().as_ref());
        // Others may have left their commit to this one.
        let last = group.open && self.waiting.load(Ordering::Acquire) == 0;
        // Without a runtime the process is ending, and the engine rolls back what is open.
        if let (true, Ok(runtime)) = (last, Handle::try_current()) {
            runtime.spawn(with_group(group, |group| group.commit(0)));
        }
    }
}

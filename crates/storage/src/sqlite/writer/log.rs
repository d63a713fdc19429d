//! The write-ahead log, whose pages are moved into the file beside the writer.
//!
//! The engine would do it within a commit: that one, and all who wait for a turn, would wait for the disk twice.

use super::{PATIENCE, group::Group};
use crate::{
    StorageError, StorageResult,
    sqlite::{on_thread, open_file, patiently},
};
use rusqlite::Connection;
use std::{
    cell::Cell,
    path::{Path, PathBuf},
    sync::{
        Arc, Weak,
        atomic::{AtomicBool, Ordering},
    },
};
use tokio::{runtime::Handle, sync::Mutex};

/// Pages from which on they are moved. What changes again and again, as an import's indexes, is moved once for many
/// commits.
const LONG: i32 = if cfg!(test) { 512 } else { 8192 };

thread_local! {
    /// Pages in the log, as the commit that this thread made left it.
    static PAGES: Cell<i32> = const { Cell::new(0) };
}

/// The log of one file.
#[derive(Debug)]
pub(super) struct Log {
    file: PathBuf,
    writer: Weak<Mutex<Group>>,
    moving: Arc<AtomicBool>,
}

impl Log {
    /// Takes the log of the writer's connection over from the engine.
    pub fn new(file: &Path, connection: &Connection, writer: Weak<Mutex<Group>>) -> Self {
        connection.wal_hook(Some(|_, pages| {
            PAGES.set(pages);
            Ok(())
        }));
        Self { file: file.into(), writer, moving: Arc::default() }
    }

    #[cfg(test)]
    pub fn is_moving(&self) -> bool {
        self.moving.load(Ordering::Acquire)
    }

    /// To be called by who has committed, on the same thread.
    pub fn grown(&self) {
        let (long, Ok(runtime)) = (PAGES.take() >= LONG, Handle::try_current()) else { return };
        if long && !self.moving.swap(true, Ordering::AcqRel) {
            let (file, writer, moving) = (self.file.clone(), self.writer.clone(), Arc::clone(&self.moving));
            runtime.spawn(async move {
                // What was not moved is tried again after the next commit.
                let _ = shorten(file, writer).await;
                moving.store(false, Ordering::Release);
            });
        }
    }
}

/// Moves most of it while others write, and in a turn of its own the few pages that they wrote meanwhile: only a log
/// that is moved whole is begun anew.
async fn shorten(file: PathBuf, writer: Weak<Mutex<Group>>) -> StorageResult<()> {
    on_thread(move || passive(&open_file(&file)?)).await?;
    if let Some(writer) = writer.upgrade() {
        Group::alone(writer, passive).await?;
    }
    Ok(())
}

/// Whoever reads an older page, or moves pages already, is not waited for.
fn passive(on: &Connection) -> StorageResult<()> {
    Ok(on.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))?)
}

/// Moves all of it and overwrites the log. Those who read older pages are waited for; while one of them goes on, the log
/// stays.
pub(super) fn truncate(on: &Connection) -> StorageResult<()> {
    let sql = "PRAGMA wal_checkpoint(TRUNCATE)";
    let kept: bool = patiently(on, PATIENCE, |on| Ok(on.query_row(sql, [], |row| row.get(0))?))?;
    if kept { Err(StorageError::Busy("another program reads what is in the log".into())) } else { Ok(()) }
}

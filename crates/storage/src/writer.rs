//! SQLite's one writer. Concurrent changes share a commit, and with it the wait for the disk.
//!
//! Changes take turns on the connection inside one transaction of the engine. Whoever finishes while
//! others wait leaves the commit to them; the last one commits for all, and only then does anyone hear
//! that it is done. A change that fails is rolled back to its savepoint, alone.

use crate::{
    Arg, arg,
    error::{StorageError, StorageResult},
};
use fail::fail_point;
use sqlx::{
    AssertSqlSafe, Connection as _, Executor, SqlSafeStr, SqlStr, SqliteConnection,
    sqlite::SqliteConnectOptions,
};
use std::sync::{
    Arc,
    atomic::{AtomicU64, AtomicUsize, Ordering},
};
use tokio::sync::{Mutex, OwnedMutexGuard, oneshot};

/// Changes that share a commit at most: what a slow disk may hold up.
const MOST: usize = 128;

/// The writing connection, shared.
#[derive(Clone, Debug)]
pub struct Writer {
    group: Arc<Mutex<Group>>,
    waiting: Arc<AtomicUsize>,
    commits: Arc<Tally>,
}

/// Commits so far, and the changes in them.
#[derive(Debug, Default)]
struct Tally {
    groups: AtomicU64,
    changes: AtomicU64,
}

/// The connection and the changes that its open transaction holds.
#[derive(Debug)]
struct Group {
    connection: SqliteConnection,
    open: bool,
    finished: Vec<oneshot::Sender<StorageResult<()>>>,
    commits: Arc<Tally>,
}

impl Writer {
    pub async fn connect(options: &SqliteConnectOptions) -> sqlx::Result<Self> {
        let connection = SqliteConnection::connect_with(options).await?;
        let commits = Arc::<Tally>::default();
        let group = Group { connection, open: false, finished: Vec::new(), commits: Arc::clone(&commits) };
        Ok(Self { group: Arc::new(Mutex::new(group)), waiting: Arc::default(), commits })
    }

    /// How many commits there have been, and how many changes were in them.
    pub fn commits(&self) -> (u64, u64) {
        (self.commits.groups.load(Ordering::Relaxed), self.commits.changes.load(Ordering::Relaxed))
    }

    /// Waits for a turn. Must run to its end: those whose commit was left to it wait for it.
    pub async fn turn(&self) -> StorageResult<Turn> {
        self.waiting.fetch_add(1, Ordering::AcqRel);
        let mut group = Arc::clone(&self.group).lock_owned().await;
        self.waiting.fetch_sub(1, Ordering::AcqRel);
        let first = !group.open;
        let mut later = Later::default();
        if !first {
            later.add("SAVEPOINT turn", Vec::new());
        } else if let Err(error) = group.run("BEGIN IMMEDIATE").await {
            group.abandon(None).await;
            return Err(error);
        }
        group.open = true;
        Ok(Turn {
            group: Some(group),
            waiting: Arc::clone(&self.waiting),
            first,
            begun: first,
            later,
            fault: None,
        })
    }

    /// The connection itself, when nobody else can be at it and no transaction is open.
    pub async fn exclusive(&self) -> StorageResult<OwnedMutexGuard<impl AsMut<SqliteConnection> + use<>>> {
        let mut group = Arc::clone(&self.group).lock_owned().await;
        // Those who finished left the commit to one who comes only after this.
        if group.open {
            group.commit(0).await?;
        }
        Ok(group)
    }
}

impl AsMut<SqliteConnection> for Group {
    fn as_mut(&mut self) -> &mut SqliteConnection {
        &mut self.connection
    }
}

impl Group {
    async fn run(&mut self, sql: &'static str) -> StorageResult<()> {
        self.connection.execute(sql).await?;
        Ok(())
    }

    /// Commits for everybody who has finished, and for so many more.
    async fn commit(&mut self, more: usize) -> StorageResult<()> {
        fail_point!(crate::points::COMMIT_BEFORE);
        let done = self.run("COMMIT").await;
        if let Err(error) = done {
            let cause = Arc::new(error);
            self.abandon(Some(&cause)).await;
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
        Ok(())
    }

    /// Gives the whole transaction up: nobody in it was told that it lasts, and all hear why.
    async fn abandon(&mut self, why: Option<&Arc<StorageError>>) {
        // The engine may have rolled it back itself, as on a full disk.
        let _ = self.run("ROLLBACK").await;
        self.open = false;
        for waiter in self.finished.drain(..) {
            let _ =
                waiter.send(Err(why.map_or(StorageError::Lost, |why| StorageError::Shared(Arc::clone(why)))));
        }
    }

    async fn take_back(&mut self) -> StorageResult<()> {
        self.run("ROLLBACK TO turn").await?;
        self.run("RELEASE turn").await
    }

    /// Undoes the change whose turn it is, and no other.
    async fn undo(
        &mut self,
        (first, begun): (bool, bool),
        why: Option<&Arc<StorageError>>,
        others_wait: bool,
    ) {
        // A full disk may have undone the changes of others with it.
        if first || begun && self.take_back().await.is_err() {
            self.abandon(why).await;
        } else if !others_wait {
            let _ = self.commit(0).await;
        }
    }
}

/// Statements whose results nobody waits for: they go to the engine with the next one. Each way there and
/// back is two switches of threads, which cost more than most statements.
#[derive(Debug, Default)]
struct Later {
    text: String,
    args: Vec<Arg>,
}

impl Later {
    fn add(&mut self, sql: &str, args: Vec<Arg>) {
        if !self.text.is_empty() {
            self.text.push_str("; ");
        }
        // The driver numbers the values of all of them together.
        let mut parts = sql.split('$');
        self.text.push_str(parts.next().unwrap_or_default());
        for part in parts {
            let digits = part.len() - part.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
            let place: usize = part[..digits].parse().unwrap_or_default();
            self.text.push_str(&format!("${}{}", place + self.args.len(), &part[digits..]));
        }
        self.args.extend(args);
    }

    fn take(&mut self) -> (String, Vec<Arg>) {
        (std::mem::take(&mut self.text), std::mem::take(&mut self.args))
    }
}

/// One change on the writing connection. Dropped without [`Turn::commit`], it never was.
#[derive(Debug)]
pub struct Turn {
    group: Option<OwnedMutexGuard<Group>>,
    waiting: Arc<AtomicUsize>,
    first: bool,
    /// Whether the engine has heard of it.
    begun: bool,
    later: Later,
    /// The fault of the disk by which it fails.
    fault: Option<Arc<StorageError>>,
}

impl Turn {
    /// A statement whose result nobody waits for.
    pub fn later(&mut self, sql: &str, args: Vec<Arg>) {
        self.later.add(sql, args);
    }

    /// A statement, with those that were put off before it. Rows come from it alone.
    pub fn with_later(&mut self, sql: SqlStr, args: Vec<Arg>) -> (SqlStr, Vec<Arg>) {
        if self.later.text.is_empty() {
            return (sql, args);
        }
        self.begun = true;
        self.later.add(sql.as_str(), args);
        let (text, args) = self.later.take();
        (AssertSqlSafe(text).into_sql_str(), args)
    }

    /// Runs what was put off.
    pub async fn catch_up(&mut self) -> StorageResult<()> {
        if self.later.text.is_empty() {
            return Ok(());
        }
        self.begun = true;
        let (text, args) = self.later.take();
        let args = arg::sqlite(args)?;
        let done = sqlx::query_with(AssertSqlSafe(text), args).execute(self.connection()?).await;
        done.map(drop).map_err(|error| self.failed(error.into()))
    }

    /// Remembers a fault of the disk: if the engine gives up the whole transaction by it, others hear of it, too.
    pub fn failed(&mut self, error: StorageError) -> StorageError {
        if !error.is_disk() {
            return error;
        }
        let cause = Arc::new(error);
        self.fault = Some(Arc::clone(&cause));
        StorageError::Shared(cause)
    }

    /// The connection.
    ///
    /// # Errors
    /// None while the turn lasts.
    pub fn connection(&mut self) -> StorageResult<&mut SqliteConnection> {
        Ok(&mut self.group.as_mut().ok_or(StorageError::Lost)?.connection)
    }

    /// Returns once the disk has it.
    pub async fn commit(mut self) -> StorageResult<()> {
        let wrote = self.begun || !self.later.args.is_empty();
        if wrote {
            if !self.first {
                self.later.add("RELEASE turn", Vec::new());
            }
            // A fault in here is this change's alone: dropping it undoes it.
            self.catch_up().await?;
        }
        let mut group = self.group.take().ok_or(StorageError::Lost)?;
        if self.waiting.load(Ordering::Acquire) == 0 || group.finished.len() + 1 >= MOST {
            // In a task of its own: others have left their commit to this one, and its caller may go away.
            let commit = tokio::spawn(async move { group.commit(1).await });
            return commit.await.unwrap_or(Err(StorageError::Lost));
        }
        let (done, wait) = oneshot::channel();
        group.finished.push(done);
        drop(group);
        wait.await.unwrap_or(Err(StorageError::Lost))
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let Some(mut group) = self.group.take() else { return };
        let (turn, waiting, why) = ((self.first, self.begun), Arc::clone(&self.waiting), self.fault.take());
        // Without a runtime the process is ending, and the engine rolls back what is open.
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move {
                group.undo(turn, why.as_ref(), waiting.load(Ordering::Acquire) > 0).await;
            });
        }
    }
}

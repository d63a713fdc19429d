//! Whatever the database waits for, no thread of the runtime waits with it: these tests have only one.

use crate::{
    Db, Session, StorageError, StorageResult, Tx,
    arg::args,
    sqlite::{LONGEST, PATIENCE, Question, Writer, open_file},
    testing::TestDb,
    values,
};
use g8_domain as domain;
use rusqlite::Connection;
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Sender, channel},
    },
    time::Duration,
};
use tokio::{task::yield_now, time::timeout};
use uuid::Uuid;

const ENDLESS: &str =
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) AS n FROM n";

fn endless() -> Question {
    Question { sql: ENDLESS.into(), args: vec![], columns: vec!["n"] }
}

fn sentence(error: StorageError) -> String {
    domain::Error::from(error).message
}

async fn organizations(db: &Db) -> Option<i64> {
    (&mut &*db).number("SELECT COUNT(*) AS n FROM organizations", args![]).await.unwrap()
}

/// Another program on the same file.
fn neighbor(test: &TestDb) -> Connection {
    Connection::open(test.folder.path().join("g8.db")).unwrap()
}

#[tokio::test]
async fn an_endless_read_is_stopped_and_its_reader_reads_again() {
    let test = TestDb::sqlite().await;
    let Db::Sqlite { read, .. } = &test.db else { unreachable!("it is SQLite") };
    for _ in 0..8 {
        let stopped = read.long(endless(), Duration::from_millis(20)).await.err().unwrap();
        assert!(matches!(stopped, StorageError::Slow(_)), "{stopped:?}");
        assert!(sentence(stopped).contains("took the database too long"));
    }
    assert_eq!(organizations(&test.db).await, Some(0));
}

#[tokio::test]
async fn what_nobody_waits_for_any_more_is_stopped() {
    let test = TestDb::sqlite().await;
    let Db::Sqlite { read, .. } = &test.db else { unreachable!("it is SQLite") };
    // More than there are connections: each must have been given back.
    for _ in 0..8 {
        let gone = timeout(Duration::from_millis(5), read.long(endless(), LONGEST)).await;
        assert!(gone.is_err(), "an endless statement ended");
    }
    let one = Question { sql: "SELECT 1 AS n".into(), args: vec![], columns: vec!["n"] };
    assert_eq!(read.long(one, LONGEST).await.unwrap().len(), 1);
}

#[tokio::test]
async fn postgres_stops_it_by_itself() {
    let test = TestDb::postgres().await;
    let mut tx = test.db.begin().await.unwrap();
    tx.change("SET LOCAL statement_timeout = 20", args![]).await.unwrap();
    let stopped = tx.change("SELECT pg_sleep(60)", args![]).await.unwrap_err();
    assert!(sentence(stopped).contains("took the database too long"));
}

#[tokio::test]
async fn a_writer_waits_for_another_program_and_readers_read_meanwhile() {
    let test = TestDb::sqlite().await;
    let other = neighbor(&test);
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let db = test.db.clone();
    let waiting = tokio::spawn(async move { db.begin().await });
    for _ in 0..100 {
        yield_now().await;
        assert_eq!(organizations(&test.db).await, Some(0));
    }
    assert!(!waiting.is_finished(), "it did not wait");
    other.execute_batch("COMMIT").unwrap();
    waiting.await.unwrap().unwrap().commit().await.unwrap();
}

#[tokio::test]
async fn where_another_program_keeps_the_file_all_hear_of_it_together() {
    let test = TestDb::sqlite().await;
    let other = neighbor(&test);
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let all: Vec<_> = (0..50).map(|id| tokio::spawn(add(test.db.clone(), id))).collect();
    let heard = async {
        for one in all {
            let busy = one.await.unwrap().unwrap_err();
            assert!(sentence(busy).contains("busy"));
        }
    };
    // One after the other they would wait for fifty times as long as one does.
    timeout(PATIENCE * 20, heard).await.unwrap();
    other.execute_batch("COMMIT").unwrap();
    add(test.db.clone(), 1).await.unwrap();
}

#[tokio::test]
async fn whoever_goes_away_while_another_program_writes_leaves_the_file_free() {
    let test = TestDb::sqlite().await;
    let other = neighbor(&test);
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    for _ in 0..3 {
        let gone = timeout(Duration::from_millis(5), test.db.begin()).await;
        assert!(gone.is_err(), "the file is another's");
    }
    other.execute_batch("COMMIT").unwrap();
    test.db.begin().await.unwrap().commit().await.unwrap();
    other.busy_timeout(Duration::from_secs(5)).unwrap();
    other.execute_batch("BEGIN IMMEDIATE; COMMIT").unwrap();
}

#[tokio::test]
async fn ten_thousand_readers_are_all_answered() {
    let test = TestDb::sqlite().await;
    let readers: Vec<_> = (0..10_000)
        .map(|_| {
            let db = test.db.clone();
            tokio::spawn(async move { organizations(&db).await })
        })
        .collect();
    for reader in readers {
        assert_eq!(reader.await.unwrap(), Some(0));
    }
}

fn writer(db: &Db) -> &Writer {
    let Db::Sqlite { write, .. } = db else { unreachable!("it is SQLite") };
    write
}

/// Adds an organization, and says what came of it.
async fn add(db: Db, id: u128) -> StorageResult<()> {
    let mut tx = db.begin().await?;
    insert(&mut tx, id).await?;
    tx.commit().await
}

async fn insert(tx: &mut Tx, id: u128) -> StorageResult<u64> {
    let sql = "INSERT INTO organizations (id, name, plan, created_at, erasures) VALUES ($1, 'Acme', 'developer', 1, 0)";
    tx.change(sql, args![Uuid::from_u128(id)]).await
}

/// Commits wait until something is sent; true fails them.
async fn slow_disk(db: &Db) -> Sender<bool> {
    let (done, taken) = channel();
    let hook = move || taken.recv().unwrap_or_default();
    writer(db).alone(move |on| Ok(on.commit_hook(Some(hook))?)).await.unwrap();
    done
}

#[tokio::test]
async fn while_the_disk_takes_its_time_everything_else_goes_on() {
    let test = TestDb::sqlite().await;
    let disk = slow_disk(&test.db).await;
    let adding = tokio::spawn(add(test.db.clone(), 1));
    for _ in 0..100 {
        yield_now().await;
        assert_eq!(organizations(&test.db).await, Some(0));
    }
    assert!(!adding.is_finished(), "it was acknowledged before the disk had it");
    // Others wait for their turn meanwhile, and some go away.
    let gone = timeout(Duration::from_millis(5), add(test.db.clone(), 2)).await;
    assert!(gone.is_err(), "the writer is at its commit");
    drop(disk);
    adding.await.unwrap().unwrap();
    add(test.db.clone(), 3).await.unwrap();
    assert_eq!(organizations(&test.db).await, Some(2));
}

#[tokio::test]
async fn a_commit_that_fails_is_heard_by_all_in_it_and_the_next_one_is_none_of_theirs() {
    let test = TestDb::sqlite().await;
    let disk = slow_disk(&test.db).await;
    let first = tokio::spawn(add(test.db.clone(), 1));
    yield_now().await;
    let group: Vec<_> = (2..6).map(|id| tokio::spawn(add(test.db.clone(), id))).collect();
    yield_now().await;
    disk.send(false).unwrap();
    first.await.unwrap().unwrap();
    disk.send(true).unwrap();
    drop(disk);
    for one in group {
        assert!(one.await.unwrap().is_err(), "it was told that it lasts");
    }
    assert_eq!(organizations(&test.db).await, Some(1));
    add(test.db.clone(), 7).await.unwrap();
    assert_eq!(organizations(&test.db).await, Some(2));
}

#[tokio::test]
async fn who_goes_away_in_a_commit_has_made_the_change_all_the_same() {
    let test = TestDb::sqlite().await;
    let disk = slow_disk(&test.db).await;
    let gone = timeout(Duration::from_millis(5), add(test.db.clone(), 1)).await;
    assert!(gone.is_err(), "the disk has it not yet");
    drop(disk);
    add(test.db.clone(), 2).await.unwrap();
    assert_eq!(organizations(&test.db).await, Some(2));
}

#[tokio::test]
async fn who_goes_away_while_a_statement_runs_has_never_written() {
    let test = TestDb::sqlite().await;
    let (go, gate) = channel::<()>();
    let held = Arc::new(AtomicBool::new(false));
    let holds = Arc::clone(&held);
    let waits = move || holds.load(Ordering::Relaxed) && gate.recv().is_ok();
    writer(&test.db).alone(move |on| Ok(on.progress_handler(1, Some(waits))?)).await.unwrap();
    let mut tx = test.db.begin().await.unwrap();
    tx.set_apart();
    held.store(true, Ordering::Relaxed);
    let gone = timeout(Duration::from_millis(5), insert(&mut tx, 1)).await;
    assert!(gone.is_err(), "the statement is held");
    drop(tx);
    assert_eq!(organizations(&test.db).await, Some(0));
    held.store(false, Ordering::Relaxed);
    drop(go);
    add(test.db.clone(), 2).await.unwrap();
    assert_eq!(organizations(&test.db).await, Some(1));
}

#[tokio::test]
async fn what_reads_for_longer_than_others_should_wait_goes_on_elsewhere() {
    let test = TestDb::sqlite().await;
    let long = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) SELECT COUNT(*) AS n FROM n";
    let reading = tokio::spawn({
        let db = test.db.clone();
        async move { (&mut &db).number(long, args![]).await.unwrap() }
    });
    yield_now().await;
    assert!(!reading.is_finished(), "it kept the thread");
    assert_eq!(organizations(&test.db).await, Some(0));
    assert_eq!(reading.await.unwrap(), Some(200_000));
}

#[tokio::test]
async fn the_log_is_moved_beside_the_writer_and_begins_anew() {
    let test = TestDb::sqlite().await;
    let log = test.folder.path().join("g8.db-wal");
    let name = "x".repeat(8000);
    for id in 1..=400 {
        let mut tx = test.db.begin().await.unwrap();
        let row = values!(id = Uuid::from_u128(id), name = &name, plan = "developer", created_at = 1_i64);
        row.insert(&mut tx, "organizations", "").await.unwrap();
        tx.commit().await.unwrap();
        writer(&test.db).log_rests().await;
    }
    let pages = std::fs::metadata(log).unwrap().len() / 4096;
    assert!(pages < 800, "{pages} pages are in the log, of some 2,400 that were written");
    assert_eq!(organizations(&test.db).await, Some(400));
}

#[tokio::test]
async fn a_log_that_somebody_reads_is_not_said_to_be_emptied() {
    let test = TestDb::sqlite().await;
    add(test.db.clone(), 1).await.unwrap();
    let reader = open_file(&test.folder.path().join("g8.db")).unwrap();
    reader.execute_batch("BEGIN; SELECT COUNT(*) FROM organizations").unwrap();
    add(test.db.clone(), 2).await.unwrap();
    assert!(matches!(test.db.checkpoint().await, Err(StorageError::Busy(_))));
    reader.execute_batch("COMMIT").unwrap();
    test.db.checkpoint().await.unwrap();
    assert_eq!(std::fs::metadata(test.folder.path().join("g8.db-wal")).unwrap().len(), 0);
}

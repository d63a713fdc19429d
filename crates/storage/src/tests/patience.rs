//! Whatever the database waits for, no thread of the runtime waits with it: these tests have only one.

use crate::{
    Db, Session, StorageError,
    arg::args,
    sqlite::{LONGEST, Question},
    testing::TestDb,
};
use g8_domain as domain;
use rusqlite::Connection;
use std::time::Duration;
use tokio::{task::yield_now, time::timeout};

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

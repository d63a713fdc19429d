//! A database of the release before opens, migrates, and keeps what waits in it.

use crate::{
    Db, Session, StorageError,
    arg::args,
    jobs::{self, Lineup, known},
    migrate::{apply, migrator_until},
    on_both,
    testing::empty_postgres,
};
use g8_domain::Ts;
use sqlx::{AssertSqlSafe, Executor, PgPool};

/// The newest migration of the release before jobs had waits and events had versions.
const BEFORE: i64 = 17;

/// A job that waits, and an event on its way to a webhook, as that release wrote them.
const WAITING: [&str; 3] = [
    "INSERT INTO jobs (kind, payload, pool, state, due_at, attempt, failures, created_at)
     VALUES ('deliver', '{}', 'network', 'ready', 5000000, 2, 1, 1)",
    "INSERT INTO events (id, org_id, name, subject, data, at)
     VALUES (ID, ID, 'contact.created', 'contact:1', '{\"id\":1}', 1)",
    "INSERT INTO deliveries (webhook_id, event_id, org_id, event, status, due_at, attempts, retried_from, created_at)
     VALUES (ID, ID, ID, 'contact.created', 'pending', 7, 1, 0, 1)",
];

async fn sqlite() -> (Db, tempfile::TempDir) {
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("g8.db");
    let on = rusqlite::Connection::open(&file).unwrap();
    // What the rows belong to is not of interest.
    on.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    apply(&on, &migrator_until(false, BEFORE)).unwrap();
    for sql in WAITING {
        on.execute_batch(&sql.replace("ID", "zeroblob(16)")).unwrap();
    }
    drop(on);
    (Db::open(&format!("sqlite://{}", file.display())).await.unwrap(), folder)
}

async fn postgres() -> Db {
    let url = empty_postgres().await;
    let pool = PgPool::connect(&url).await.unwrap();
    migrator_until(true, BEFORE).run(&pool).await.unwrap();
    let nil = "'00000000-0000-0000-0000-000000000000'";
    for sql in WAITING {
        // What the rows belong to is not of interest.
        let sql = format!("SET session_replication_role = replica; {}", sql.replace("ID", nil));
        pool.execute(AssertSqlSafe(sql)).await.unwrap();
    }
    pool.close().await;
    Db::open(&url).await.unwrap()
}

async fn keeps_what_waits(db: &Db) {
    let lineup = Lineup { pool: "network", kinds: known(["deliver"]), per_key: 0 };
    let claimed = jobs::claim(db, &lineup, (Ts(6_000_000), Ts(9_000_000)), 10).await.unwrap();
    assert_eq!((claimed.len(), claimed[0].attempt, claimed[0].failures), (1, 3, 1));
    let number = async |sql| (&mut &*db).number(sql, args![]).await.unwrap();
    let pending =
        "SELECT COUNT(*) AS n FROM deliveries WHERE status = 'pending' AND due_at = 7 AND attempts = 1";
    assert_eq!(number(pending).await, Some(1));
    assert_eq!(number("SELECT COUNT(*) AS n FROM events WHERE version = 0").await, Some(1));
}

#[tokio::test]
async fn sqlite_keeps_what_waits() {
    let (db, _folder) = sqlite().await;
    keeps_what_waits(&db).await;
}

#[tokio::test]
async fn postgres_keeps_what_waits() {
    keeps_what_waits(&postgres().await).await;
}

on_both! {
    async fn an_older_program_says_so_in_one_line_and_changes_nothing(test) {
        let mut tx = test.db.begin().await.unwrap();
        let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
                     SELECT 9999, 'of tomorrow', success, checksum, 0 FROM _sqlx_migrations WHERE version = 1";
        tx.change(newer, vec![]).await.unwrap();
        tx.commit().await.unwrap();
        let before = test.db.dump().await.unwrap();
        let Err(refused) = Db::open(&test.url).await else { panic!("it opened what it does not know") };
        assert!(matches!(refused, StorageError::Newer(9999)));
        assert_eq!(refused.to_string().lines().count(), 1, "{refused}");
        assert_eq!(test.db.dump().await.unwrap(), before);
    }
}

//! What a transaction promises on either engine.

use crate::{Db, Session, StorageError, contacts, on_both, orgs, testing::TestDb};
use g8_domain::{
    Ts,
    record::{Contact, Organization},
};
use uuid::Uuid;

const ORG: Uuid = Uuid::from_u128(7);

fn org() -> Organization {
    Organization { id: ORG, name: "Acme".into(), plan: "developer".into(), created_at: Ts(1), erasures: 0 }
}

fn ann() -> Contact {
    Contact {
        org_id: ORG,
        first_name: Some("Änne".into()),
        work_email: Some("ann@example.com".into()),
        personal_emails: vec!["ann@home.example".into()],
        meta_data: serde_json::json!({ "source": "fair", "n": 1.5 }),
        confidence_score: Some(0.25),
        created_at: Ts(1_234_567),
        updated_at: Ts(1_234_567),
        ..Contact::default()
    }
}

async fn count(db: &Db) -> i64 {
    (&mut &*db).number("SELECT COUNT(*) AS n FROM contacts", vec![]).await.unwrap().unwrap()
}

on_both! {
    async fn a_dropped_transaction_never_was(test) {
        let mut tx = test.db.begin().await.unwrap();
        orgs::insert(&mut tx, &org()).await.unwrap();
        drop(tx);
        assert_eq!(orgs::get(&mut &test.db, ORG).await.unwrap(), None);
    }
}

on_both! {
    async fn a_contact_comes_back_as_it_was_stored(test) {
        let mut tx = test.db.begin().await.unwrap();
        orgs::insert(&mut tx, &org()).await.unwrap();
        let id = contacts::insert(&mut tx, &ann()).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        let stored = contacts::get(&mut &test.db, ORG, id).await.unwrap().unwrap();
        assert_eq!(stored, Contact { id, ..ann() });
        assert_eq!(contacts::get(&mut &test.db, Uuid::from_u128(8), id).await.unwrap(), None);
    }
}

on_both! {
    async fn an_address_is_taken_until_its_contact_is_deleted(test) {
        let mut tx = test.db.begin().await.unwrap();
        orgs::insert(&mut tx, &org()).await.unwrap();
        let id = contacts::insert(&mut tx, &ann()).await.unwrap().unwrap();
        assert_eq!(contacts::insert(&mut tx, &ann()).await.unwrap(), None);
        assert!(contacts::delete(&mut tx, ORG, id, Ts(2)).await.unwrap());
        assert!(contacts::insert(&mut tx, &ann()).await.unwrap().is_some());
        tx.commit().await.unwrap();
        assert_eq!(count(&test.db).await, 2);
    }
}

on_both! {
    async fn many_writers_at_once_lose_nothing(test) {
        let mut tx = test.db.begin().await.unwrap();
        orgs::insert(&mut tx, &org()).await.unwrap();
        tx.commit().await.unwrap();
        let writers: Vec<_> = (0..32).map(|n| {
            let db = test.db.clone();
            tokio::spawn(async move {
                let mut tx = db.begin().await.unwrap();
                let email = Some(format!("person{n}@example.com"));
                contacts::insert(&mut tx, &Contact { work_email: email, ..ann() }).await.unwrap();
                tx.commit().await.unwrap();
            })
        }).collect();
        for writer in writers {
            writer.await.unwrap();
        }
        assert_eq!(count(&test.db).await, 32);
    }
}

on_both! {
    async fn a_write_that_fails_among_many_fails_alone(test) {
        let mut tx = test.db.begin().await.unwrap();
        orgs::insert(&mut tx, &org()).await.unwrap();
        tx.commit().await.unwrap();
        let writers: Vec<_> = (0..60).map(|n| {
            let db = test.db.clone();
            tokio::spawn(async move {
                let mut tx = db.begin().await.unwrap();
                let email = Some(format!("person{n}@example.com"));
                contacts::insert(&mut tx, &Contact { work_email: email, ..ann() }).await.unwrap();
                match n % 3 {
                    // One goes away, one breaks a rule of the database, one goes through.
                    0 => drop(tx),
                    1 => assert!(tx.change("INSERT INTO organizations (id) VALUES ($1)", vec![ORG.into()]).await.is_err()),
                    _ => tx.commit().await.unwrap(),
                }
            })
        }).collect();
        for writer in writers {
            writer.await.unwrap();
        }
        assert_eq!(count(&test.db).await, 20);
    }
}

#[tokio::test]
async fn a_full_disk_refuses_in_a_sentence_and_loses_nothing_that_was_acknowledged() {
    let test = TestDb::sqlite().await;
    let mut tx = test.db.begin().await.unwrap();
    orgs::insert(&mut tx, &org()).await.unwrap();
    tx.commit().await.unwrap();
    let Db::Sqlite { write, .. } = &test.db else { unreachable!("it is SQLite") };
    let limit = async |pages: u32| {
        let sql = format!("PRAGMA max_page_count = {pages}");
        write.alone(move |on| Ok(on.execute_batch(&sql)?)).await.unwrap();
    };
    limit(170).await;
    let about = Some("x".repeat(3000));
    let writers: Vec<_> = (0..300)
        .map(|n| {
            let (db, about) = (test.db.clone(), about.clone());
            tokio::spawn(async move {
                let mut tx = db.begin().await?;
                let work_email = Some(format!("person{n}@example.com"));
                contacts::insert(&mut tx, &Contact { work_email, about, ..ann() }).await?;
                tx.commit().await
            })
        })
        .collect();
    let (mut done, mut full) = (0, 0);
    for writer in writers {
        match writer.await.unwrap() {
            Ok(()) => done += 1,
            Err(error) => {
                let told = g8_domain::Error::from(error);
                assert!(told.message.contains("disk is full"), "{}", told.message);
                full += 1;
            }
        }
    }
    assert!(done > 0 && full > 0, "{done} went through and {full} did not");
    assert_eq!(count(&test.db).await, done);
    limit(100_000).await;
    let mut tx = test.db.begin().await.unwrap();
    contacts::insert(&mut tx, &ann()).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn writers_who_go_away_in_the_middle_hold_nobody_up() {
    let test = TestDb::sqlite().await;
    let mut tx = test.db.begin().await.unwrap();
    orgs::insert(&mut tx, &org()).await.unwrap();
    let impatient: Vec<_> = (0..20)
        .map(|_| {
            let db = test.db.clone();
            tokio::spawn(async move { drop(db.begin().await) })
        })
        .collect();
    tokio::task::yield_now().await;
    impatient.iter().for_each(tokio::task::JoinHandle::abort);
    tx.commit().await.unwrap();
    assert!(orgs::get(&mut &test.db, ORG).await.unwrap().is_some());
    test.db.begin().await.unwrap().commit().await.unwrap();
}

on_both! {
    async fn a_database_from_the_future_is_refused(test) {
        let mut tx = test.db.begin().await.unwrap();
        let sql = "UPDATE _sqlx_migrations SET version = 9999 WHERE version = 1";
        tx.change(sql, vec![]).await.unwrap();
        tx.commit().await.unwrap();
        let refused = Db::open(&test.url).await.unwrap_err();
        assert!(matches!(refused, StorageError::Newer(9999)), "{refused}");
    }
}

#[tokio::test]
async fn programs_that_start_at_once_migrate_once() {
    let test = TestDb::sqlite().await;
    let url = format!("sqlite://{}", test.folder.path().join("second.db").display());
    let starts: Vec<_> = (0..6)
        .map(|_| {
            let url = url.clone();
            tokio::spawn(async move { Db::open(&url).await.map(drop) })
        })
        .collect();
    for start in starts {
        start.await.unwrap().unwrap();
    }
}

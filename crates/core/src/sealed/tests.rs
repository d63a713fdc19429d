//! What is sealed opens, whatever becomes of its keys meanwhile.

mod random;
mod secret_lost;
mod two_servers;

use super::{SealedCondition, examine_sealed, list_sealing_keys, rotate_sealing_keys};
use crate::{
    App, Entropy, Limiter, ServiceConfig,
    jobs::{Worker, begin},
    testing::TestApp,
};
use g8_auth::{KeptSecret, Pepper, SealedRow};
use g8_domain::Result;
use g8_storage::{Db, on_both};
use std::sync::{Arc, atomic::Ordering};
use uuid::Uuid;

const KIND: &str = "mailbox.password";

fn secret(text: &str) -> KeptSecret {
    KeptSecret::new(text.to_owned()).unwrap()
}

fn row(org: Uuid, number: u128) -> SealedRow<'static> {
    SealedRow { org: Some(org), kind: KIND, id: Uuid::from_u128(number) }
}

/// The same installation, opened by another server that may have another secret key.
async fn open_beside(kit: &TestApp, secret_byte: u8) -> App {
    let pepper = Pepper::new(vec![secret_byte; 32]).unwrap();
    let db = Db::open(&kit.db.url).await.unwrap();
    // Other numbers than the first server has: real ids and salts never come twice.
    let parts = (db, kit.app.clock.clone(), Entropy::seeded(1000), pepper);
    App::new(&[], parts, ServiceConfig::default(), Limiter::local())
}

async fn seal(app: &App, row: SealedRow<'_>, owner: &str, text: &str) -> Result<()> {
    let mut tx = app.db.begin().await?;
    app.sealed().seal(&mut tx, row, owner, &secret(text)).await?;
    Ok(tx.commit().await?)
}

async fn open(app: &App, row: SealedRow<'_>) -> Result<Option<String>> {
    let opened = app.sealed().open(&mut &app.db, row).await?;
    Ok(opened.map(|secret| secret.reveal().to_owned()))
}

async fn condition(app: &App) -> SealedCondition {
    examine_sealed(&app.db, &app.pepper).await.unwrap()
}

/// How many credentials lie under each key, oldest first.
async fn counts(app: &App) -> Vec<i64> {
    list_sealing_keys(app).await.unwrap().into_iter().map(|key| key.values).collect()
}

async fn run_jobs(app: &App) {
    Arc::new(Worker::new(app.clone())).run_pending().await.unwrap();
}

/// Changes the last byte of an envelope, which is of its tag.
async fn damage(app: &App, number: u128) {
    let mut tx = app.db.begin().await.unwrap();
    let id = Uuid::from_u128(number);
    let mut value = g8_storage::sealed::get(&mut tx, None, id).await.unwrap().unwrap();
    *value.envelope.last_mut().unwrap() ^= 1;
    let sql = "UPDATE sealed_values SET envelope = $2 WHERE id = $1";
    tx.change(sql, vec![id.into(), value.envelope.into()]).await.unwrap();
    tx.commit().await.unwrap();
}

on_both! {
    async fn a_credential_opens_in_its_row_and_nowhere_else_until_it_is_removed(test) {
        let kit = TestApp::of(&[], test).await;
        let (app, here) = (&kit.app, row(kit.org, 1));
        let own = SealedRow { org: None, kind: KIND, id: Uuid::from_u128(2) };
        assert_eq!(open(app, here).await.unwrap(), None);
        seal(app, here, "mailbox:1", "hunter2").await.unwrap();
        seal(app, own, "mailbox:1", "").await.unwrap();
        seal(app, here, "mailbox:1", "hunter3").await.unwrap();
        assert_eq!(open(app, here).await.unwrap().as_deref(), Some("hunter3"));
        assert_eq!(open(app, own).await.unwrap().as_deref(), Some(""));
        for elsewhere in [
            SealedRow { org: None, ..here },
            SealedRow { org: Some(Uuid::nil()), ..here },
            SealedRow { kind: "mailbox.token", ..here },
            row(kit.org, 3),
        ] {
            assert_eq!(open(app, elsewhere).await.unwrap(), None, "{elsewhere:?}");
        }
        // Another record cannot take the row over.
        seal(app, here, "mailbox:2", "mine").await.unwrap_err();
        seal(app, SealedRow { kind: "mailbox.token", ..here }, "mailbox:1", "mine").await.unwrap_err();
        let mut tx = app.db.begin().await.unwrap();
        let store = app.sealed();
        assert!(!store.remove(&mut tx, None, here.id).await.unwrap());
        assert_eq!(store.remove_of_owner(&mut tx, Some(kit.org), "mailbox:1").await.unwrap(), 1);
        assert!(store.remove(&mut tx, None, own.id).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(open(app, here).await.unwrap(), None);
        assert_eq!(condition(app).await, SealedCondition::default());
    }
}

on_both! {
    async fn what_was_undone_leaves_no_key_that_somebody_would_seal_under(test) {
        let kit = TestApp::of(&[], test).await;
        let mut tx = kit.app.db.begin().await.unwrap();
        kit.app.sealed().seal(&mut tx, row(kit.org, 1), "mailbox:1", &secret("hunter2")).await.unwrap();
        drop(tx);
        assert_eq!(rotate_sealing_keys(&kit.app, false).await.unwrap(), None, "there is nothing to exchange");
        seal(&kit.app, row(kit.org, 1), "mailbox:1", "hunter3").await.unwrap();
        assert_eq!(open(&kit.app, row(kit.org, 1)).await.unwrap().as_deref(), Some("hunter3"));
    }
}

on_both! {
    async fn after_a_rotation_all_opens_and_the_old_key_is_gone(test) {
        let kit = TestApp::of(&[], test).await;
        let app = &kit.app;
        for number in 1..=70 {
            seal(app, row(kit.org, number), "mailbox:1", &format!("hunter{number}")).await.unwrap();
        }
        let old = list_sealing_keys(app).await.unwrap()[0].id;
        let new = rotate_sealing_keys(app, false).await.unwrap().unwrap();
        // A server that knew the old key seals under the new one, and opens what is under either.
        seal(app, row(kit.org, 71), "mailbox:1", "hunter71").await.unwrap();
        assert_eq!((counts(app).await, condition(app).await.under_retired), (vec![70, 1], 70));
        assert_eq!(open(app, row(kit.org, 3)).await.unwrap().as_deref(), Some("hunter3"));
        run_jobs(app).await;
        let keys = list_sealing_keys(app).await.unwrap();
        assert_eq!((keys.len(), keys[0].id, keys[0].values, keys[0].retired_at), (1, new, 71, None));
        assert_ne!(old, new);
        for number in 1..=71 {
            let opened = open(app, row(kit.org, number)).await.unwrap();
            assert_eq!(opened, Some(format!("hunter{number}")));
        }
        assert_eq!(condition(app).await, SealedCondition { values: 71, tried: 71, ..SealedCondition::default() });
    }
}

on_both! {
    async fn a_worker_that_is_to_stop_goes_on_later(test) {
        let kit = TestApp::of(&[], test).await;
        for number in 1..=40 {
            seal(&kit.app, row(kit.org, number), "mailbox:1", "hunter2").await.unwrap();
        }
        rotate_sealing_keys(&kit.app, false).await.unwrap().unwrap();
        let worker = Arc::new(Worker::new(kit.app.clone()));
        worker.stopping.store(true, Ordering::Relaxed);
        worker.work(std::future::ready(())).await;
        assert_eq!(condition(&kit.app).await.under_retired, 40, "it was told to stop");
        run_jobs(&kit.app).await;
        assert_eq!(counts(&kit.app).await, [40]);
    }
}

on_both! {
    async fn a_damaged_value_keeps_its_key_and_none_behind_it_waiting(test) {
        let kit = TestApp::of(&[], test).await;
        let (app, own) = (&kit.app, |number| SealedRow { org: None, kind: KIND, id: Uuid::from_u128(number) });
        for number in 1..=40 {
            seal(app, own(number), "mailbox:1", "hunter2").await.unwrap();
        }
        damage(app, 1).await;
        let error = open(app, own(1)).await.unwrap_err();
        assert_eq!(error.message, "The stored mailbox.password cannot be opened any more; enter it again.");
        rotate_sealing_keys(app, false).await.unwrap().unwrap();
        run_jobs(app).await;
        assert_eq!(counts(app).await, [1, 39]);
        let found = condition(app).await;
        assert_eq!((found.closed, found.first_closed), (1, vec![Uuid::from_u128(1)]));
        // Once it is entered again, its key goes by itself.
        seal(app, own(1), "mailbox:1", "hunter3").await.unwrap();
        begin(app).await.unwrap();
        kit.advance_seconds(700);
        run_jobs(app).await;
        assert_eq!(counts(app).await, [40]);
        assert_eq!(open(app, own(1)).await.unwrap().as_deref(), Some("hunter3"));
    }
}

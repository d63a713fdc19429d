//! What is sent is the same bytes at every try, whichever node and release sends it.

use super::*;
use g8_core::{
    App, CORE, Entropy, Limiter, ServiceConfig,
    events::without_nulls,
    jobs::{Worker, begin},
};
use g8_storage::{Session, Tx};
use std::sync::Arc;

/// Another node on the same database, of a release that has no contacts: it knows none of their events.
fn other_release(kit: &TestApp) -> App {
    let parts = (kit.app.db.clone(), kit.app.clock.clone(), Entropy::seeded(9), kit.app.pepper.clone());
    let config = ServiceConfig { webhooks: kit.app.config.webhooks.clone(), ..ServiceConfig::default() };
    App::new(&[&CORE, &g8_signals::AREA], parts, config, Limiter::local())
}

on_both! {
    async fn a_second_try_on_a_node_of_another_release_sends_the_very_bytes_of_the_first(test) {
        let (kit, receiver) = (test_app(test).await, Receiver::new().await);
        begin(&kit.app).await.unwrap();
        hook(&kit, &receiver, &["contact.created", "company.created"]).await;
        receiver.replies(&[Reply::Status(500), Reply::Status(500), Reply::Status(200)]);
        // Numbers, letters beyond ASCII, and signs that JSON may write in two ways.
        let person = json!({
            "work_email": "ann@x.com", "first_name": "Zoë \"Z\" / <b>\u{2028}",
            "company_name": "Ünïcode & Söhne", "custom_fields": { "Größe": 1.10 }, "create_missing_fields": true,
        });
        kit.call::<contact::AssertContact>(person).await.unwrap();
        kit.run_pending_jobs().await;
        assert_eq!(receiver.count(), 2);
        kit.advance_seconds(61);
        Arc::new(Worker::new(other_release(&kit))).run_pending().await.unwrap();
        let all = receiver.received();
        assert_eq!(all.len(), 4);
        for first in &all[..2] {
            let again = |later: &&Received| later.header("webhook-id") == first.header("webhook-id");
            let later = all[2..].iter().find(again).expect("a second try of it");
            assert_eq!(first.body, later.body);
        }
    }
}

async fn as_it_was_stored(tx: &mut Tx, name: &str) {
    let kept =
        tx.number("SELECT COUNT(*) AS n FROM events WHERE name = $1 AND version = 1", vec![name.into()]);
    assert_eq!(kept.await.unwrap(), Some(1));
}

on_both! {
    async fn what_a_release_before_versions_left_pending_is_sent_whole(test) {
        let (kit, receiver) = (test_app(test).await, Receiver::new().await);
        begin(&kit.app).await.unwrap();
        hook(&kit, &receiver, &["contact.created"]).await;
        receiver.replies(&[Reply::Status(500), Reply::Status(200)]);
        contact(&kit, "ann@x.com").await;
        kit.run_pending_jobs().await;
        let first = receiver.received().remove(0);
        let said = first.json()["data"].clone();
        assert!(said.as_object().unwrap().len() > 25 && said["city"].is_null(), "{said}");
        // As that release stored it.
        let mut tx = kit.app.db.begin().await.unwrap();
        as_it_was_stored(&mut tx, "contact.created").await;
        let old = "UPDATE events SET version = 0, data = $1 WHERE name = 'contact.created'";
        tx.change(old, vec![without_nulls(said).into()]).await.unwrap();
        tx.commit().await.unwrap();
        kit.advance_seconds(61);
        kit.run_pending_jobs().await;
        assert_eq!(receiver.received()[1].body, first.body);
    }
}

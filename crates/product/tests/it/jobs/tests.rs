//! Jobs under failure, and what is kept how long.

use g8_core::jobs::{Worker, begin, fresh, put};
use g8_records::{column, company, contact, list};
use g8_core::testing::TestApp;
use g8_domain::{Ts, record::Pool};
use g8_storage::{jobs, lists, on_both};
use serde_json::json;
use std::sync::Arc;

async fn strange(kit: &TestApp, kind: &str) {
    let job = fresh(kind, Pool::WORK, (Some(kit.org), json!({ "unexpected": true })), kit.now());
    let mut tx = kit.app.db.begin().await.unwrap();
    put(&mut tx, &job).await.unwrap();
    tx.commit().await.unwrap();
}

async fn states(kit: &TestApp) -> Vec<(String, i64)> {
    let tally = jobs::tally(&mut &kit.app.db).await.unwrap();
    tally.into_iter().map(|tally| (tally.state, tally.n)).collect()
}

on_both! {
    async fn a_job_of_an_unknown_kind_dies_and_is_kept(test) {
        let kit = TestApp::new(test).await;
        strange(&kit, "from_the_future").await;
        kit.run_pending_jobs().await;
        assert_eq!(states(&kit).await, [("dead".to_owned(), 1)]);
    }
}

on_both! {
    async fn two_workers_share_jobs_and_none_is_run_twice(test) {
        let kit = TestApp::new(test).await;
        for _ in 0..20 {
            strange(&kit, "from_the_future").await;
        }
        let workers = [Arc::new(Worker::new(kit.app.clone())), Arc::new(Worker::new(kit.app.clone()))];
        let done = futures_util::future::join_all(workers.iter().map(Worker::drain)).await;
        assert_eq!(done.into_iter().map(Result::unwrap).sum::<usize>(), 20);
    }
}

on_both! {
    async fn a_claim_that_was_lost_writes_nothing(test) {
        let kit = TestApp::new(test).await;
        strange(&kit, "slow").await;
        let now = kit.now();
        let first = jobs::claim(&kit.app.db, Pool::WORK, (now, now.plus(Ts::SECOND)), 1).await.unwrap().remove(0);
        assert!(jobs::claim(&kit.app.db, Pool::WORK, (now, now.plus(Ts::SECOND)), 1).await.unwrap().is_empty());
        kit.advance_seconds(2);
        let second = jobs::claim(&kit.app.db, Pool::WORK, (kit.now(), kit.now().plus(Ts::SECOND)), 1).await.unwrap().remove(0);
        assert_eq!((first.id, first.attempt, second.attempt), (second.id, 1, 2));
        let mut tx = kit.app.db.begin().await.unwrap();
        assert!(!jobs::hold(&mut tx, first.id, first.attempt, kit.now()).await.unwrap());
        assert!(!jobs::finish(&mut tx, first.id, first.attempt, kit.now()).await.unwrap());
        assert!(jobs::finish(&mut tx, second.id, second.attempt, kit.now()).await.unwrap());
    }
}

on_both! {
    async fn there_is_one_of_each_recurring_job_and_it_comes_again(test) {
        let kit = TestApp::new(test).await;
        for _ in 0..3 {
            begin(&kit.app).await.unwrap();
        }
        let kinds = kit.run_pending_jobs().await;
        assert!(kinds >= 2);
        assert_eq!(kit.run_pending_jobs().await, 0);
        kit.advance_seconds(600);
        assert_eq!(kit.run_pending_jobs().await, kinds);
        assert_eq!(states(&kit).await, [("ready".to_owned(), i64::try_from(kinds).unwrap())]);
    }
}

on_both! {
    async fn what_was_kept_long_enough_goes_and_nothing_else(test) {
        let kit = TestApp::new(test).await;
        for email in ["old@x.com", "kept@x.com"] {
            kit.call::<contact::Create>(json!({ "work_email": email, "company_name": "Acme" })).await.unwrap();
        }
        kit.call::<contact::Delete>(json!({ "contact_id": 1 })).await.unwrap();
        begin(&kit.app).await.unwrap();
        kit.advance_seconds(89 * 24 * 3600);
        kit.run_pending_jobs().await;
        assert!(kit.db.db.dump().await.unwrap().contains("old@x.com"));
        kit.advance_seconds(2 * 24 * 3600);
        kit.run_pending_jobs().await;
        let left = kit.db.db.dump().await.unwrap();
        assert!(!left.contains("old@x.com") && left.contains("kept@x.com") && left.contains("Acme"));
        assert!(!left.contains("contact.created") && left.contains("contact.create"), "events go, the audit log stays");
    }
}

on_both! {
    async fn hidden_lists_and_fields_go_with_all_that_is_in_them(test) {
        let kit = TestApp::new(test).await;
        let fields = json!({ "Hobby": "Zither", "Shoe": "43" });
        let person = json!({ "work_email": "a@x.com", "custom_fields": fields, "create_missing_fields": true });
        kit.call::<contact::Assert>(person).await.unwrap();
        for title in ["Gone", "Kept"] {
            let list = kit.call::<list::Create>(json!({ "title": title })).await.unwrap().id;
            kit.call::<list::AddContacts>(json!({ "list_id": list, "contact_ids": [1] })).await.unwrap();
            kit.call::<column::CreateOfContacts>(json!({ "title": format!("Only {title}"), "list_id": list })).await.unwrap();
        }
        let firm = kit.call::<company::Create>(json!({ "name": "Acme" })).await.unwrap().row.id;
        let firms = kit.call::<list::Create>(json!({ "title": "Firms", "type": "companies" })).await.unwrap().id;
        kit.call::<company::Delete>(json!({ "company_id": firm })).await.unwrap();
        let mut tx = kit.app.db.begin().await.unwrap();
        let late = lists::add_companies(&mut tx, kit.org, firms, vec![firm], kit.now()).await.unwrap();
        assert!(late.is_empty(), "what is deleted comes on no list");
        // An older release put it there.
        tx.change("INSERT INTO list_companies (list_id, company_id, added_at) VALUES ($1, $2, 0)", vec![firms.into(), firm.into()]).await.unwrap();
        tx.commit().await.unwrap();
        kit.call::<list::Delete>(json!({ "list_id": 1 })).await.unwrap();
        kit.call::<column::DeleteOfContacts>(json!({ "column_id": 1 })).await.unwrap();
        begin(&kit.app).await.unwrap();
        kit.advance_seconds(91 * 24 * 3600);
        kit.run_pending_jobs().await;
        let left = kit.db.db.dump().await.unwrap();
        for gone in ["Gone", "Zither", "Hobby", "Acme"] {
            assert!(!left.contains(gone), "{gone} is left");
        }
        for kept in ["Kept", "Only Kept", "43", "Firms"] {
            assert!(left.contains(kept), "{kept} is gone");
        }
        assert_eq!(kit.call::<list::Contacts>(json!({ "list_id": 2 })).await.unwrap().pagination.total, 1);
    }
}

//! A clock that leaps and is set right again.

use g8_core::jobs::{begin, fresh, put};
use g8_core::{suppression::{SuppressionCheck, Recipient, is_excluded}, testing::TestApp};
use g8_records::{contact, exclusion};
use g8_domain::{
    Ts,
    record::{Channel, Pool},
};
use g8_storage::{contacts, jobs, on_both};
use serde_json::json;

const HOUR: i64 = 3600;
const YEAR: i64 = 366 * 24 * HOUR;

async fn job(kit: &TestApp) {
    let job = fresh("from_the_future", Pool::WORK, (Some(kit.org), json!({})), kit.now());
    let mut tx = kit.app.db.begin().await.unwrap();
    put(&mut tx, &job).await.unwrap();
    tx.commit().await.unwrap();
}

async fn dead(kit: &TestApp) -> i64 {
    let tally = jobs::tally(&mut &kit.app.db).await.unwrap();
    tally.iter().find(|tally| tally.state == "dead").map_or(0, |tally| tally.n)
}

/// Sweeps every ten minutes of an hour.
async fn hour(kit: &TestApp) {
    for _ in 0..6 {
        kit.advance_seconds(600);
        kit.run_pending_jobs_after_clock_jump().await;
    }
}

on_both! {
    async fn a_leap_erases_nothing_and_years_that_went_by_are_caught_up_with(test) {
        let kit = TestApp::new(test).await;
        kit.call::<contact::Create>(json!({ "work_email": "gone@x.com" })).await.unwrap();
        kit.call::<contact::Delete>(json!({ "contact_id": 1 })).await.unwrap();
        begin(&kit.app).await.unwrap();
        hour(&kit).await;
        let keeps = async |what: &str| kit.db.db.dump().await.unwrap().contains(what);
        kit.advance_seconds(YEAR);
        kit.run_pending_jobs_after_clock_jump().await;
        hour(&kit).await;
        assert!(keeps("gone@x.com").await && keeps("contact.created").await && keeps("contact.create").await);
        // Set right again, with all that was done meanwhile behind it.
        kit.advance_seconds(-YEAR);
        hour(&kit).await;
        assert!(keeps("gone@x.com").await && keeps("contact.created").await);
        // Ninety-one days that are none of a leap.
        kit.advance_seconds(91 * 24 * HOUR);
        for _ in 0..92 {
            hour(&kit).await;
        }
        assert!(!keeps("gone@x.com").await && !keeps("contact.created").await);
    }
}

on_both! {
    async fn jobs_do_not_wait_for_a_time_that_never_was(test) {
        let kit = TestApp::new(test).await;
        begin(&kit.app).await.unwrap();
        kit.run_pending_jobs_after_clock_jump().await;
        kit.advance_seconds(YEAR);
        // Recurring ones come again, one is new, and one is held by a worker that dies.
        let recurring = kit.run_pending_jobs_after_clock_jump().await;
        assert!(recurring > 1);
        job(&kit).await;
        jobs::claim(&kit.app.db, Pool::WORK, (kit.now(), kit.now().plus(30 * Ts::SECOND)), 1).await.unwrap();
        job(&kit).await;
        kit.advance_seconds(-YEAR);
        kit.run_pending_jobs_after_clock_jump().await;
        assert_eq!(dead(&kit).await, 1, "what is new is done at once");
        kit.advance_seconds(31);
        kit.run_pending_jobs_after_clock_jump().await;
        assert_eq!(dead(&kit).await, 2, "what was held is taken over");
        kit.advance_seconds(600);
        assert_eq!(kit.run_pending_jobs_after_clock_jump().await, recurring, "what recurs goes on recurring");
    }
}

on_both! {
    async fn who_is_excluded_for_a_while_stays_so(test) {
        let kit = TestApp::new(test).await;
        kit.call::<contact::Create>(json!({ "work_email": "ann@x.com" })).await.unwrap();
        let until = kit.now().plus(30 * Ts::DAY);
        let asked = json!({ "contact_id": 1, "reason": "OTHER", "until": until });
        kit.call::<exclusion::CreateContact>(asked).await.unwrap();
        begin(&kit.app).await.unwrap();
        kit.run_pending_jobs_after_clock_jump().await;
        kit.advance_seconds(YEAR);
        kit.run_pending_jobs_after_clock_jump().await;
        kit.advance_seconds(-YEAR);
        kit.run_pending_jobs_after_clock_jump().await;
        let ann = contacts::get(&mut &kit.app.db, kit.org, 1).await.unwrap().unwrap();
        let ask = SuppressionCheck { app: &kit.app, org: kit.org, way: Channel::Email, now: kit.now() };
        let barred = is_excluded(&ask, &mut &kit.app.db, &Recipient::from_contact(&ann)).await.unwrap();
        assert!(barred.is_some());
    }
}

//! A clock that leaps and is set right again.

use g8_core::jobs::begin;
use g8_core::{
    suppression::{Recipient, SuppressionCheck, is_excluded},
    testing::TestApp,
};
use g8_domain::{Ts, record::Channel};
use g8_product::testing::test_app;
use g8_records::{contact, exclusion};
use g8_storage::{contacts, on_both};
use serde_json::json;

const HOUR: i64 = 3600;
const YEAR: i64 = 366 * 24 * HOUR;

/// Sweeps every ten minutes of an hour.
async fn hour(kit: &TestApp) {
    for _ in 0..6 {
        kit.advance_seconds(600);
        kit.run_pending_jobs_after_clock_jump().await;
    }
}

on_both! {
    async fn a_leap_erases_nothing_and_years_that_went_by_are_caught_up_with(test) {
        let kit = test_app(test).await;
        kit.call::<contact::CreateContact>(json!({ "work_email": "gone@x.com" })).await.unwrap();
        kit.call::<contact::DeleteContact>(json!({ "contact_id": 1 })).await.unwrap();
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
    async fn who_is_excluded_for_a_while_stays_so(test) {
        let kit = test_app(test).await;
        kit.call::<contact::CreateContact>(json!({ "work_email": "ann@x.com" })).await.unwrap();
        let until = kit.now().plus(30 * Ts::DAY);
        let asked = json!({ "contact_id": 1, "reason": "OTHER", "until": until });
        kit.call::<exclusion::CreateContactExclusion>(asked).await.unwrap();
        begin(&kit.app).await.unwrap();
        kit.run_pending_jobs_after_clock_jump().await;
        kit.advance_seconds(YEAR);
        kit.run_pending_jobs_after_clock_jump().await;
        kit.advance_seconds(-YEAR);
        kit.run_pending_jobs_after_clock_jump().await;
        let ann = contacts::get(&mut &kit.app.db, kit.org, 1).await.unwrap().unwrap();
        let ask = SuppressionCheck { app: &kit.app, org: kit.org, channel: Channel::Email, now: kit.now() };
        let barred = is_excluded(&ask, &mut &kit.app.db, &Recipient::from_contact(&ann)).await.unwrap();
        assert!(barred.is_some());
    }
}

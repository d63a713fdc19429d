//! Dead jobs, as their owners see them.

use super::{DiscardJob, ListJobs, RetryJob};
use crate::testing::test_app;
use g8_core::testing::TestApp;
use g8_domain::{
    ErrorKind,
    record::{self, JobState},
};
use g8_storage::{jobs, on_both};
use serde_json::json;

async fn dead(kit: &TestApp) -> i64 {
    let now = kit.now();
    let job = record::JobRow {
        id: 0,
        org_id: Some(kit.org),
        kind: "from_the_future".to_owned(),
        payload: json!({}),
        only_one: None,
        pool: "work".to_owned(),
        concurrency_key: None,
        put_off_for: Some(0),
        state: JobState::Ready,
        due_at: now,
        attempt: 0,
        failures: 0,
        last_error: None,
        created_at: now,
        finished_at: None,
    };
    let mut tx = kit.app.db.begin().await.unwrap();
    jobs::insert(&mut tx, &job).await.unwrap();
    tx.commit().await.unwrap();
    bury(kit).await;
    kit.call::<ListJobs>(json!({ "state": "dead" })).await.unwrap().data[0].id
}

/// Claims it and gives it up, as a worker does that has tried often enough.
async fn bury(kit: &TestApp) {
    let lineup = jobs::Lineup { pool: "work", kinds: jobs::known(["from_the_future"]), per_key: 0 };
    let claimed = jobs::claim(&kit.app.db, &lineup, (kit.now(), kit.now()), 1).await.unwrap().remove(0);
    let mut tx = kit.app.db.begin().await.unwrap();
    jobs::bury(&mut tx, (claimed.id, claimed.attempt), "no hope", kit.now()).await.unwrap();
    tx.commit().await.unwrap();
}

on_both! {
    async fn a_dead_job_is_seen_tried_again_and_discarded(test) {
        let kit = test_app(test).await;
        let id = dead(&kit).await;
        let seen = kit.call::<ListJobs>(json!({ "state": "dead" })).await.unwrap().data;
        assert_eq!(seen[0].last_error.as_deref(), Some("It failed; g8-server jobs list says why."));
        let told = crate::job::list_jobs(&kit.app, None, None).await.unwrap()[0].last_error.clone().unwrap();
        assert_eq!(told, "no hope");
        let again = kit.call::<RetryJob>(json!({ "job_id": id })).await.unwrap();
        assert_eq!((again.state, again.failures), (JobState::Ready, 0));
        assert_eq!(kit.call::<DiscardJob>(json!({ "job_id": id })).await.unwrap_err().kind, ErrorKind::Rule, "it is not dead now");
        bury(&kit).await;
        kit.call::<DiscardJob>(json!({ "job_id": id })).await.unwrap();
        assert_eq!(kit.call::<RetryJob>(json!({ "job_id": id })).await.unwrap_err().kind, ErrorKind::NotFound);
    }
}

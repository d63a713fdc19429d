//! Dead jobs, as their owners see them.

use super::{Discard, List, Retry};
use crate::testing::test_app;
use g8_core::{admin, testing::TestApp};
use g8_domain::{
    Kind,
    record::{self, JobState, Pool},
};
use g8_storage::{jobs, on_both};
use serde_json::json;

async fn dead(kit: &TestApp) -> i64 {
    let now = kit.now();
    let job = record::Job {
        id: 0,
        org_id: Some(kit.org),
        kind: "from_the_future".to_owned(),
        payload: json!({}),
        only_one: None,
        pool: Pool::WORK,
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
    kit.run_pending_jobs().await;
    kit.call::<List>(json!({ "state": "dead" })).await.unwrap().data[0].id
}

on_both! {
    async fn a_dead_job_is_seen_tried_again_and_discarded(test) {
        let kit = test_app(test).await;
        let id = dead(&kit).await;
        let seen = kit.call::<List>(json!({ "state": "dead" })).await.unwrap().data;
        assert_eq!(seen[0].last_error.as_deref(), Some("It failed; g8-server jobs list says why."));
        let told = admin::list_jobs(&kit.app, None, None).await.unwrap()[0].last_error.clone().unwrap();
        assert!(told.contains("knows no job of the kind from_the_future"), "{told}");
        let again = kit.call::<Retry>(json!({ "job_id": id })).await.unwrap();
        assert_eq!((again.state, again.failures), (JobState::Ready, 0));
        assert_eq!(kit.call::<Discard>(json!({ "job_id": id })).await.unwrap_err().kind, Kind::Rule, "it is not dead now");
        kit.run_pending_jobs().await;
        kit.call::<Discard>(json!({ "job_id": id })).await.unwrap();
        assert_eq!(kit.call::<Retry>(json!({ "job_id": id })).await.unwrap_err().kind, Kind::NotFound);
    }
}

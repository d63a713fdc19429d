//! Jobs under failure, of kinds that only these tests have.

mod clock_jump;
mod limits;
mod releases;

use super::{Due, Job, Next, Pool, Run, Worker, begin, enqueue_due};
use crate::{Area, JobKind, PersonalData, Retain, testing::TestApp};
use g8_domain::{Error, Result, Ts, record};
use g8_storage::{
    jobs::{self, JobFilter, Lineup, known},
    on_both,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// An area that has nothing but these jobs.
const fn area(jobs: &'static [JobKind]) -> Area {
    Area {
        name: "play",
        operations: &[],
        order: &[],
        events: &[],
        jobs,
        scopes: &[],
        readers: &[],
        retain: Retain::Everything,
        person: PersonalData::None,
    }
}

static PLAY: Area = area(&[JobKind::of::<Easy>(), JobKind::of::<Hopeless>(), JobKind::of::<Daily>()]);

/// Is done at once.
#[derive(Serialize, Deserialize)]
struct Easy {}

impl Job for Easy {
    const KIND: &'static str = "play.easy";
    async fn run(&self, _: &Run) -> Result<Next> {
        Ok(Next::Done)
    }
}

/// Fails the second time as the first.
#[derive(Serialize, Deserialize)]
struct Hopeless {}

impl Job for Hopeless {
    const KIND: &'static str = "play.hopeless";
    const MAX_ATTEMPTS: i64 = 2;
    async fn run(&self, _: &Run) -> Result<Next> {
        Err(Error::internal("no hope"))
    }
}

/// Comes again by itself.
#[derive(Serialize, Deserialize)]
struct Daily {}

impl Job for Daily {
    const KIND: &'static str = "play.daily";
    const SCHEDULE: Option<&'static str> = Some("0 0 3 * * *");
    async fn run(&self, _: &Run) -> Result<Next> {
        Ok(Next::Done)
    }
}

async fn enqueue<J: Job>(kit: &TestApp, due: Due, job: &J) {
    let mut tx = kit.app.db.begin().await.unwrap();
    enqueue_due(&kit.app, &mut tx, (Some(kit.org), due), job).await.unwrap();
    tx.commit().await.unwrap();
}

/// The jobs of a kind, newest first.
async fn of_kind(kit: &TestApp, kind: &str) -> Vec<record::JobRow> {
    let slice = g8_storage::Slice { after: None, offset: 0, limit: 100 };
    let filter = JobFilter { kind: Some(kind.to_owned()), ..JobFilter::default() };
    jobs::page(&mut &kit.app.db, filter, &slice).await.unwrap().0
}

async fn states(kit: &TestApp) -> Vec<(String, i64)> {
    let tally = jobs::tally(&mut &kit.app.db).await.unwrap();
    tally.into_iter().map(|tally| (tally.state, tally.n)).collect()
}

on_both! {
    async fn two_workers_share_jobs_and_none_is_run_twice(test) {
        let kit = TestApp::of(&[&PLAY], test).await;
        for _ in 0..20 {
            enqueue(&kit, Due::Now, &Easy {}).await;
        }
        let workers = [Arc::new(Worker::new(kit.app.clone())), Arc::new(Worker::new(kit.app.clone()))];
        let done = futures_util::future::join_all(workers.iter().map(Worker::run_pending)).await;
        assert_eq!(done.into_iter().map(Result::unwrap).sum::<usize>(), 20);
    }
}

on_both! {
    async fn what_fails_is_tried_again_later_and_in_the_end_is_kept_dead(test) {
        let kit = TestApp::of(&[&PLAY], test).await;
        enqueue(&kit, Due::Now, &Hopeless {}).await;
        assert_eq!(kit.run_pending_jobs().await, 1);
        assert_eq!((kit.run_pending_jobs().await, states(&kit).await), (0, vec![("ready".to_owned(), 1)]));
        kit.advance_seconds(10);
        assert_eq!(kit.run_pending_jobs().await, 1);
        let dead = of_kind(&kit, Hopeless::KIND).await;
        assert_eq!((dead[0].state, dead[0].last_error.as_deref()), (record::JobState::Dead, Some("no hope")));
    }
}

on_both! {
    async fn a_claim_that_was_lost_writes_nothing(test) {
        let kit = TestApp::of(&[&PLAY], test).await;
        enqueue(&kit, Due::Now, &Easy {}).await;
        let lineup = Lineup { pool: "work", kinds: known([Easy::KIND]), per_key: 0 };
        let claim = async || jobs::claim(&kit.app.db, &lineup, (kit.now(), kit.now().plus(Ts::SECOND)), 1).await.unwrap();
        let first = claim().await.remove(0);
        assert!(claim().await.is_empty());
        kit.advance_seconds(2);
        let second = claim().await.remove(0);
        assert_eq!((first.id, first.attempt, second.attempt), (second.id, 1, 2));
        let mut tx = kit.app.db.begin().await.unwrap();
        assert!(!jobs::renew_lease(&mut tx, first.id, first.attempt, kit.now()).await.unwrap());
        assert!(!jobs::finish(&mut tx, first.id, first.attempt, kit.now()).await.unwrap());
        assert!(jobs::finish(&mut tx, second.id, second.attempt, kit.now()).await.unwrap());
    }
}

on_both! {
    async fn there_is_one_of_each_recurring_job_and_it_comes_again(test) {
        let kit = TestApp::of(&[&PLAY], test).await;
        for _ in 0..3 {
            begin(&kit.app).await.unwrap();
        }
        // The sweep, and the one of these tests.
        assert_eq!(kit.run_pending_jobs().await, 2);
        assert_eq!(kit.run_pending_jobs().await, 0);
        kit.advance_seconds(3 * 3600 + 1);
        assert_eq!(kit.run_pending_jobs().await, 2);
        assert_eq!(states(&kit).await, [("ready".to_owned(), 2)]);
    }
}

//! How many jobs run at once, for each key too, and for how long.

use super::*;
use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex},
    time::Duration,
};

static LIMITED: Area = area(&[JobKind::of::<Mailbox>(), JobKind::of::<Endless>()]);

/// How many run now, and how many ever ran at once, for each name.
static RUNNING: LazyLock<Mutex<HashMap<String, (usize, usize)>>> = LazyLock::new(Mutex::default);

/// Holds a mailbox for a while.
#[derive(Serialize, Deserialize)]
struct Mailbox {
    name: String,
}

impl Job for Mailbox {
    const KIND: &'static str = "play.mailbox";
    const POOL: Pool = Pool::new("mail", 8).per_key(2);

    fn key(&self) -> Option<String> {
        Some(self.name.clone())
    }

    async fn run(&self, run: &Run) -> Result<Next> {
        {
            let mut running = RUNNING.lock().unwrap();
            let (now, most) = running.entry(self.name.clone()).or_default();
            *now += 1;
            *most = (*most).max(*now);
        }
        // Long enough for others to begin.
        for _ in 0..5 {
            run.begin().await?.commit().await?;
        }
        RUNNING.lock().unwrap().entry(self.name.clone()).or_default().0 -= 1;
        Ok(Next::Done)
    }
}

/// Never comes to its end.
#[derive(Serialize, Deserialize)]
struct Endless {}

impl Job for Endless {
    const KIND: &'static str = "play.endless";
    const LONGEST_RUN: Duration = Duration::from_secs(60);
    const MAX_ATTEMPTS: i64 = 1;

    async fn run(&self, run: &Run) -> Result<Next> {
        loop {
            run.app.clock.advance(Ts::SECOND);
            run.begin().await?.commit().await?;
        }
    }
}

on_both! {
    async fn a_pool_runs_only_so_many_of_a_key_at_once_and_all_in_the_end(test) {
        let kit = TestApp::of(&[&LIMITED], test).await;
        // Each engine's test counts for itself.
        let busy = format!("busy of {}", kit.db.url);
        for _ in 0..12 {
            enqueue(&kit, Due::Now, &Mailbox { name: busy.clone() }).await;
        }
        for n in 0..6 {
            enqueue(&kit, Due::Now, &Mailbox { name: format!("{n} of {}", kit.db.url) }).await;
        }
        let workers = [Arc::new(Worker::new(kit.app.clone())), Arc::new(Worker::new(kit.app.clone()))];
        let done = futures_util::future::join_all(workers.iter().map(Worker::run_pending)).await;
        let mut all = done.into_iter().map(Result::unwrap).sum::<usize>();
        // A worker that finds the others' keys full has nothing to do, and looks again later.
        all += kit.run_pending_jobs().await;
        assert_eq!((all, states(&kit).await), (18, vec![("done".to_owned(), 18)]));
        assert_eq!(RUNNING.lock().unwrap()[&busy], (0, 2), "two of its key at once, not one and not three");
    }
}

on_both! {
    async fn what_runs_for_too_long_has_failed_and_writes_no_more(test) {
        let kit = TestApp::of(&[&LIMITED], test).await;
        enqueue(&kit, Due::Now, &Endless {}).await;
        assert_eq!(kit.run_pending_jobs().await, 1);
        let dead = of_kind(&kit, Endless::KIND).await.remove(0);
        assert_eq!(dead.state, record::JobState::Dead);
        assert_eq!(dead.last_error.as_deref(), Some("It ran for longer than 60 s."));
        assert!(dead.due_at <= kit.now().plus(30 * Ts::SECOND), "its claim was not renewed past that");
    }
}

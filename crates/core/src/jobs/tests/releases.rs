//! Nodes of two releases on one database, as in a rolling upgrade.

use super::*;

/// The release that is to come knows a kind more.
static NEXT_RELEASE: Area = area(&[JobKind::of::<Easy>(), JobKind::of::<New>()]);

#[derive(Serialize, Deserialize)]
struct New {}

impl Job for New {
    // Its name has a letter that means any other to LIKE.
    const KIND: &'static str = "play_easy";
    async fn run(&self, _: &Run) -> Result<Next> {
        Ok(Next::Done)
    }
}

on_both! {
    async fn a_node_leaves_alone_what_it_does_not_know(test) {
        let url = test.url.clone();
        let old = TestApp::of(&[&PLAY], test).await;
        enqueue(&old, Due::Now, &New {}).await;
        enqueue(&old, Due::Now, &Easy {}).await;
        assert_eq!(old.run_pending_jobs().await, 1, "what it knows is done behind what it does not");
        for _ in 0..20 {
            old.advance_seconds(3600);
            assert_eq!(old.run_pending_jobs().await, 0);
        }
        let waiting = of_kind(&old, New::KIND).await.remove(0);
        assert_eq!((waiting.state, waiting.attempt, waiting.failures), (record::JobState::Ready, 0, 0));
        let db = g8_storage::Db::open(&url).await.unwrap();
        let parts = (db, old.app.clock.clone(), crate::Entropy::seeded(8), old.app.pepper.clone());
        let config = crate::ServiceConfig::default();
        let new = crate::App::new(&[&NEXT_RELEASE], parts, config, crate::Limiter::local());
        assert_eq!(Arc::new(Worker::new(new)).run_pending().await.unwrap(), 1);
        assert_eq!(of_kind(&old, New::KIND).await[0].state, record::JobState::Done);
    }
}

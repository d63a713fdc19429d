//! What an operator watches: how busy the database is, and whether work piles up.

use crate::App;
use g8_domain::{Result, Ts};
use g8_storage::{Load, jobs};

/// The state of an installation, without a word on whose data it holds.
#[derive(Debug)]
pub struct Vitals {
    /// The database's connections and commits.
    pub load: Load,
    /// Jobs by state: ready, running, done, dead.
    pub jobs: Vec<(String, i64)>,
    /// Seconds since the oldest unfinished job was due; 0 when none is.
    pub overdue_seconds: i64,
}

impl App {
    /// How it is.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn vitals(&self) -> Result<Vitals> {
        let load = self.db.load();
        let tallies = jobs::tally(&mut &self.db).await?;
        let due = jobs::first_due(&mut &self.db).await?;
        let now = self.clock.now();
        let overdue = due.map_or(0, |due| (now.0 - due.0).max(0) / Ts::SECOND);
        let jobs = tallies.into_iter().map(|tally| (tally.state, tally.n)).collect();
        Ok(Vitals { load, jobs, overdue_seconds: overdue })
    }
}

#[cfg(test)]
mod tests {
    use crate::{jobs::begin, testing::TestApp};
    use g8_storage::on_both;

    on_both! {
        async fn what_piles_up_is_seen(test) {
            let kit = TestApp::of(&[], test).await;
            begin(&kit.app).await.unwrap();
            assert_eq!(kit.app.vitals().await.unwrap().overdue_seconds, 0);
            kit.advance_seconds(90);
            let vitals = kit.app.vitals().await.unwrap();
            let states: Vec<&str> = vitals.jobs.iter().map(|(state, _)| state.as_str()).collect();
            assert_eq!((vitals.overdue_seconds, states), (90, vec!["ready"]));
            assert!(vitals.load.connections >= vitals.load.idle);
        }
    }

    on_both! {
        async fn changes_share_commits_and_both_are_counted(test) {
            let kit = TestApp::of(&[], test).await;
            let Some((groups, changes)) = kit.app.db.load().commits else { return };
            let one = || async { kit.app.db.begin().await.unwrap().commit().await.unwrap() };
            futures_util::future::join_all((0..40).map(|_| one())).await;
            let (groups_now, changes_now) = kit.app.db.load().commits.unwrap();
            assert_eq!(changes_now - changes, 40);
            assert!((1..=40).contains(&(groups_now - groups)));
        }
    }
}

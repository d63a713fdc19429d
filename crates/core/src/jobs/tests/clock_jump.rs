//! A clock that leaps and is set right again.

use super::*;

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;
const YEAR: i64 = 366 * DAY;

async fn run(kit: &TestApp) -> usize {
    kit.run_pending_jobs_after_clock_jump().await
}

on_both! {
    async fn a_job_may_be_due_days_ahead(test) {
        let kit = TestApp::of(&[&PLAY], test).await;
        enqueue(&kit, Due::At(kit.now().plus(9 * Ts::DAY)), &Easy {}).await;
        enqueue(&kit, Due::In(8 * Ts::DAY), &Easy {}).await;
        for _ in 0..8 {
            assert_eq!(run(&kit).await, 0);
            kit.advance_seconds(DAY - 60);
        }
        kit.advance_seconds(8 * 60);
        assert_eq!(run(&kit).await, 1);
        kit.advance_seconds(DAY);
        assert_eq!(run(&kit).await, 1);
    }
}

on_both! {
    async fn a_wait_that_was_reckoned_by_a_clock_ahead_is_as_long_as_it_was_meant_to_be(test) {
        let kit = TestApp::of(&[&PLAY], test).await;
        kit.advance_seconds(YEAR);
        enqueue(&kit, Due::In(3 * Ts::DAY), &Easy {}).await;
        enqueue(&kit, Due::Now, &Easy {}).await;
        kit.advance_seconds(-YEAR);
        assert_eq!(run(&kit).await, 1, "what was to be done at once is");
        kit.advance_seconds(3 * DAY - 60);
        assert_eq!(run(&kit).await, 0, "and nothing sooner than it was put off for");
        kit.advance_seconds(61);
        assert_eq!(run(&kit).await, 1);
    }
}

on_both! {
    async fn an_instant_stays_one_wherever_the_clock_is_set(test) {
        let kit = TestApp::of(&[&PLAY], test).await;
        let monday = kit.now().plus(5 * Ts::DAY);
        kit.advance_seconds(2 * DAY);
        enqueue(&kit, Due::At(monday), &Easy {}).await;
        kit.advance_seconds(-2 * DAY);
        assert_eq!(run(&kit).await, 0);
        kit.advance_seconds(-YEAR);
        assert_eq!(run(&kit).await, 0);
        kit.advance_seconds(YEAR + 5 * DAY - 1);
        assert_eq!(run(&kit).await, 0);
        kit.advance_seconds(1);
        assert_eq!(run(&kit).await, 1);
    }
}

on_both! {
    async fn jobs_do_not_wait_for_a_time_that_never_was(test) {
        let kit = TestApp::of(&[&PLAY], test).await;
        begin(&kit.app).await.unwrap();
        run(&kit).await;
        kit.advance_seconds(YEAR);
        // Recurring ones come again, one is new, and one is held by a worker that dies.
        let recurring = run(&kit).await;
        assert!(recurring > 1);
        enqueue(&kit, Due::Now, &Easy {}).await;
        let lineup = Lineup { pool: "work", kinds: known([Easy::KIND]), per_key: 0 };
        jobs::claim(&kit.app.db, &lineup, (kit.now(), kit.now().plus(30 * Ts::SECOND)), 1).await.unwrap();
        enqueue(&kit, Due::Now, &Easy {}).await;
        kit.advance_seconds(-YEAR);
        assert_eq!(run(&kit).await, 1, "what is new is done at once");
        kit.advance_seconds(31);
        assert_eq!(run(&kit).await, 1, "what was held is taken over");
        kit.advance_seconds(DAY);
        assert_eq!(run(&kit).await, recurring, "what recurs goes on recurring");
    }
}

on_both! {
    async fn a_clock_that_is_behind_for_a_while_shortens_no_wait(test) {
        let kit = TestApp::of(&[&PLAY], test).await;
        // The time is known, as it is where the sweep has been.
        kit.run_pending_jobs().await;
        enqueue(&kit, Due::In(5 * Ts::DAY), &Easy {}).await;
        kit.advance_seconds(-YEAR);
        assert_eq!(run(&kit).await, 0);
        kit.advance_seconds(YEAR + 5 * DAY - 60);
        assert_eq!(run(&kit).await, 0, "it waits as long as it was put off for");
        kit.advance_seconds(61);
        assert_eq!(run(&kit).await, 1);
    }
}

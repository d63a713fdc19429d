//! Counting, by several programs at once and across a restart.

use super::*;
use g8_domain::Ts;
use g8_storage::{on_both, testing::TestDb};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};

const ANN: Uuid = Uuid::from_u128(7);

fn per_minute(most: u32) -> Plan {
    Plan { per_minute: Some(most), ..Plan::UNLIMITED }
}

fn pass(limiter: &Limiter, micros: i64) {
    if let Limiter::Shared(shared) = limiter {
        shared.pass(micros);
    }
}

on_both! {
    async fn several_programs_count_one_window_exactly(test) {
        let nodes = [Limiter::shared(), Limiter::shared(), Limiter::shared()];
        let (db, clock) = (&test.db, &Clock::manual());
        let tries = nodes.iter().flat_map(|node| (0..40).map(move |_| node.admit(db, ANN, per_minute(50), clock)));
        let quotas = futures_util::future::join_all(tries).await;
        let admitted = quotas.into_iter().filter(|quota| quota.as_ref().unwrap().admitted).count();
        assert_eq!(admitted, 50);
        // Whoever came while another was counted was counted with the next, by one statement. Where it is counted in the
        // caller's thread nobody comes meanwhile.
        let stored = windows::get(&mut &test.db, ANN, 0).await.unwrap();
        assert!(matches!(test.db, Db::Sqlite { .. }) || stored.version.unwrap() < 30, "{:?} statements", stored.version);
        clock.advance(61 * Ts::SECOND);
        let later = Limiter::shared();
        pass(&later, 61 * Ts::SECOND);
        let left = later.admit(&test.db, ANN, per_minute(50), clock).await.unwrap();
        assert_eq!(left.meters[0].remaining, 49);
    }
}

/// Most of `at` in any `span` that begins with one of them.
fn most(at: &[i64], span: i64) -> usize {
    let within = |from: &i64| at.iter().filter(|other| (*from..*from + span).contains(*other)).count();
    at.iter().map(within).max().unwrap_or_default()
}

/// Two nodes on one PostgreSQL, whose clocks are wrong by what `skews` say and are set now and then.
async fn two_nodes(db: &Db, key: Uuid, steps: &[(bool, i64, Option<i64>)]) -> (Vec<i64>, bool) {
    let nodes = [(Limiter::shared(), Clock::manual()), (Limiter::shared(), Clock::manual())];
    let plan = Plan { per_second: Some(3), per_minute: Some(8), per_day: None };
    let (mut admitted, mut passed, mut truthful) = (Vec::new(), 0, true);
    let mut last = None;
    for (second, gap, set) in steps {
        passed += gap;
        nodes.iter().for_each(|(limiter, clock)| {
            pass(limiter, *gap);
            clock.advance(*gap);
        });
        let (limiter, clock) = &nodes[usize::from(*second)];
        clock.advance(set.unwrap_or_default());
        let now = async || windows::get(&mut &*db, key, passed).await.unwrap().now;
        let before = now().await;
        // The database's own clock goes on while this runs, and so do those of the nodes.
        let ran = last.map_or(0, |last: Ts| before.0 - last.0 - gap);
        nodes.iter().for_each(|(_, clock)| clock.advance(ran));
        last = Some(before);
        let quota = limiter.admit(db, key, plan, clock).await.unwrap();
        let after = now().await;
        if quota.admitted {
            truthful &= (before.0..=after.0).contains(&quota.at.0);
            admitted.push(quota.at.0);
        } else {
            // It was right to refuse: without this request, a window is full.
            let counting = |span: i64| admitted.iter().filter(|at| **at > before.0 - span).count();
            truthful &= counting(Ts::SECOND) >= 3 || counting(60 * Ts::SECOND) >= 8;
        }
    }
    (admitted, truthful)
}

#[tokio::test]
async fn nodes_whose_clocks_differ_and_jump_let_no_more_and_no_less_through() {
    let test = TestDb::postgres().await;
    let jump = proptest::option::weighted(0.3, -3 * Ts::DAY..3 * Ts::DAY);
    let gap = prop_oneof![0..Ts::SECOND / 5, 0..3 * Ts::SECOND, 0..40 * Ts::SECOND];
    let steps = prop::collection::vec((any::<bool>(), gap, jump), 20..60);
    let mut runner = TestRunner::deterministic();
    for case in 0..24 {
        let steps = steps.new_tree(&mut runner).unwrap().current();
        let (admitted, truthful) = two_nodes(&test.db, Uuid::from_u128(case), &steps).await;
        assert!(truthful, "{steps:?}");
        assert!(most(&admitted, Ts::SECOND) <= 3 && most(&admitted, 60 * Ts::SECOND) <= 8, "{steps:?}");
    }
}

on_both! {
    async fn a_restart_forgets_neither_the_minute_nor_the_day(test) {
        let clock = Clock::manual();
        let plan = Plan { per_minute: Some(5), per_day: Some(8), ..Plan::UNLIMITED };
        let admitted = async |limiter: &Limiter, times: usize| {
            let mut admitted = 0;
            for _ in 0..times {
                admitted += usize::from(limiter.admit(&test.db, ANN, plan, &clock).await.unwrap().admitted);
            }
            admitted
        };
        let first = Limiter::local();
        assert_eq!(admitted(&first, 3).await, 3);
        first.keep(&test.db, &clock).await.unwrap();
        let second = Limiter::local();
        assert_eq!(admitted(&second, 9).await, 2);
        second.keep(&test.db, &clock).await.unwrap();
        clock.advance(61 * Ts::SECOND);
        // What nobody used for a minute is not held in memory; its day is read again.
        second.keep(&test.db, &clock).await.unwrap();
        assert_eq!(admitted(&second, 9).await, 3);
        clock.advance(Ts::DAY);
        assert_eq!(admitted(&second, 9).await, 5);
    }
}

on_both! {
    async fn however_many_keys_come_by_no_count_is_dropped(test) {
        let (clock, server, plan) = (Clock::manual(), Limiter::local(), Plan { per_day: Some(2), ..per_minute(2) });
        for _ in 0..2 {
            server.admit(&test.db, ANN, plan, &clock).await.unwrap();
        }
        clock.advance(30 * Ts::SECOND);
        for other in 0..10_100 {
            server.admit(&test.db, Uuid::from_u128(1000 + other), plan, &clock).await.unwrap();
        }
        assert!(!server.admit(&test.db, ANN, plan, &clock).await.unwrap().admitted);
    }
}

/// A program beside the server writes each request, the server once a second: each sees what the other has counted.
#[tokio::test]
async fn a_server_and_a_program_beside_it_share_a_minute_to_within_a_second() {
    let test = TestDb::sqlite().await;
    let (clock, plan) = (Clock::manual(), per_minute(10));
    let (server, beside) = (Limiter::local(), Limiter::shared());
    let ask = async |limiter: &Limiter| limiter.admit(&test.db, ANN, plan, &clock).await.unwrap();
    for _ in 0..4 {
        assert!(ask(&server).await.admitted);
        assert!(ask(&beside).await.admitted);
    }
    server.keep(&test.db, &clock).await.unwrap();
    assert_eq!(ask(&beside).await.meters[0].remaining, 1);
    assert!(ask(&server).await.admitted, "the server does not know yet");
    server.keep(&test.db, &clock).await.unwrap();
    assert!(!ask(&server).await.admitted && !ask(&beside).await.admitted);
    clock.advance(60 * Ts::SECOND);
    assert!(ask(&beside).await.admitted);
}

on_both! {
    async fn who_is_refused_costs_the_database_nothing_but_once_a_second(test) {
        let (node, clock) = (Limiter::shared(), Clock::manual());
        let admitted = async || node.admit(&test.db, ANN, per_minute(2), &clock).await.unwrap().admitted;
        assert!(admitted().await && admitted().await && !admitted().await);
        // What the database has now, the node does not know: it does not ask.
        windows::forget(&test.db, Ts(i64::MAX)).await.unwrap();
        for _ in 0..20 {
            assert!(!admitted().await);
        }
        clock.advance(Ts::SECOND);
        assert!(admitted().await);
    }
}

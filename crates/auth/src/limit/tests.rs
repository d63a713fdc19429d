//! The two promises of a limit, over random plans and clients.

use super::*;
use proptest::prelude::*;

const START: i64 = 1_767_225_600 * Ts::SECOND;

fn plans() -> impl Strategy<Value = Plan> {
    let some = |most: u32| proptest::option::weighted(0.8, 1..=most);
    (some(5), some(20), some(60)).prop_map(|(per_second, per_minute, per_day)| Plan {
        per_second,
        per_minute,
        per_day,
    })
}

/// Most of `at` in any `span` that begins with one of them.
fn most(at: &[i64], span: i64) -> usize {
    let within = |from: &i64| at.iter().filter(|other| (*from..*from + span).contains(*other)).count();
    at.iter().map(within).max().unwrap_or_default()
}

proptest! {
    #[test]
    fn who_ignores_the_headers_never_gets_more_than_the_limit_in_any_window(
        plan in plans(), gaps in prop::collection::vec(0i64..3 * Ts::SECOND, 1..300)
    ) {
        let (mut window, mut now, mut admitted) = (Window::default(), START, Vec::new());
        for gap in gaps {
            now += gap;
            // What another node stores and reads back is the same window.
            window = Window::from_bytes(&window.to_bytes());
            if window.admit(plan, Ts(now)).admitted {
                admitted.push(now);
            }
        }
        let within = |limit: Option<u32>, most: usize| limit.is_none_or(|limit| most <= limit as usize);
        prop_assert!(within(plan.per_second, most(&admitted, Ts::SECOND)));
        prop_assert!(within(plan.per_minute, most(&admitted, MINUTE)));
        prop_assert!(within(plan.per_day, admitted.len()));
    }

    #[test]
    fn who_obeys_the_headers_never_sees_429(
        plan in plans(), gaps in prop::collection::vec(0i64..Ts::SECOND, 1..200)
    ) {
        let (mut window, mut now, mut wait) = (Window::default(), START, 0);
        for gap in gaps {
            now += gap + wait * Ts::SECOND;
            let quota = window.admit(plan, Ts(now));
            prop_assert!(quota.admitted && quota.check().is_ok());
            wait = quota.meters.iter().filter(|meter| meter.remaining == 0).map(|meter| meter.wait(Ts(now))).max().unwrap_or(0);
        }
    }

    #[test]
    fn a_clock_that_jumps_neither_opens_nor_closes_the_door(
        jumps in prop::collection::vec(-40 * Ts::DAY..40 * Ts::DAY, 1..20)
    ) {
        let plan = Plan { per_second: Some(2), per_minute: Some(5), per_day: None };
        let (mut window, mut now) = (Window::default(), START);
        for jump in jumps {
            now += jump;
            let let_in = (0..10).filter(|_| window.admit(plan, Ts(now)).admitted).count();
            prop_assert!(let_in <= 2);
            // However the clock was set, a minute of real time later there is room again.
            now += MINUTE;
            prop_assert!(window.look(plan, Ts(now)).admitted);
        }
    }
}

#[test]
fn a_clock_that_goes_a_day_forth_and_back_gives_no_second_day() {
    let plan = Plan { per_second: None, per_minute: None, per_day: Some(3) };
    let mut window = Window::default();
    let mut let_in = |now: i64| (0..9).filter(|_| window.admit(plan, Ts(now)).admitted).count();
    assert_eq!([START, START + Ts::DAY, START, START + Ts::DAY].map(&mut let_in), [3, 3, 0, 0]);
    // Once it was set right after being wrong by far, the next day is a day.
    assert_eq!([START + 40 * Ts::DAY, START, START + Ts::DAY].map(let_in), [3, 0, 3]);
}

proptest! {
    #[test]
    fn what_others_counted_counts_as_ones_own(
        gaps in prop::collection::vec((any::<bool>(), 0i64..9 * Ts::SECOND), 1..60)
    ) {
        let plan = Plan { per_second: Some(4), per_minute: Some(9), per_day: Some(50) };
        let wide = Plan { per_second: Some(99), per_minute: Some(99), per_day: Some(99) };
        let (mut one, mut now, mut others) = (Window::default(), START, Vec::new());
        let mut apart = Window::default();
        for (mine, gap) in gaps {
            now += gap;
            if !one.admit(plan, Ts(now)).admitted {
                continue;
            }
            if mine { drop(apart.admit(wide, Ts(now))) } else { others.push(Ts(now)) }
        }
        apart.absorb(&others);
        let (one, apart) = (one.look(plan, Ts(now)), apart.look(plan, Ts(now)));
        prop_assert_eq!(one.meters, apart.meters);
    }
}

#[test]
fn what_is_left_is_told_for_each_window() {
    let plan = Plan { per_second: Some(2), per_minute: Some(3), per_day: Some(100) };
    let mut window = Window::default();
    window.admit(plan, Ts(START));
    let quota = window.admit(plan, Ts(START + Ts::SECOND / 2));
    let left: Vec<(&str, u32, i64)> =
        quota.meters.iter().map(|meter| (meter.name, meter.remaining, meter.wait(quota.at))).collect();
    assert_eq!(left, [("second", 0, 1), ("minute", 1, 60), ("day", 98, 86_400)]);
    let refused = window.admit(plan, Ts(START + Ts::SECOND * 3 / 4));
    assert_eq!(
        refused.check().unwrap_err().message,
        "This key may make 2 requests a second; try again in 1 s."
    );
    assert!(window.admit(Plan::UNLIMITED, Ts(START)).meters.is_empty());
}

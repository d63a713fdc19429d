//! Rate limits and callers, as those who hold keys see them.

use g8_auth::Pepper;
use g8_core::{
    App, Backend, Clock, Credential, Entropy, Limiter, ServiceConfig, admin, testing::TestApp, without_plan,
};
use g8_domain::{ErrorKind, Plan, Ts};
use g8_identity::me;
use g8_product::testing::{configured_app, test_app};
use g8_storage::{Db, on_both, testing::TestDb};
use uuid::Uuid;

on_both! {
    async fn the_plan_of_the_organization_holds_for_every_key_and_a_lower_one_for_its_key(test) {
        let kit = test_app(test).await;
        admin::set_plan(&kit.app, kit.org, "starter").await.unwrap();
        let unknown = admin::set_plan(&kit.app, kit.org, "platinum").await.unwrap_err();
        assert_eq!(unknown.message, "`plan` must be one of developer, enterprise, pro, starter, unlimited.");
        for _ in 0..10 {
            kit.run::<me::ShowMe>(me::Input {}).await.unwrap();
        }
        let refused = kit.run::<me::ShowMe>(me::Input {}).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::TooMany);
        assert_eq!(refused.message, "This key may make 10 requests a second; try again in 1 s.");
        // Each key has a window of its own.
        kit.as_key(&kit.key_with(&[]).await).run::<me::ShowMe>(me::Input {}).await.unwrap();
        for _ in 0..5 {
            kit.advance_seconds(1);
            for _ in 0..10 {
                kit.run::<me::ShowMe>(me::Input {}).await.unwrap();
            }
        }
        kit.advance_seconds(1);
        let refused = kit.run::<me::ShowMe>(me::Input {}).await.unwrap_err();
        assert_eq!(refused.message, "This key may make 60 requests a minute; try again in 54 s.");
    }
}

#[tokio::test]
async fn a_full_disk_refuses_no_request_and_still_counts() {
    let test = TestDb::sqlite().await;
    let mut tx = test.db.begin().await.unwrap();
    // No page more than there are.
    tx.change("PRAGMA max_page_count = 1", Vec::new()).await.unwrap();
    tx.commit().await.unwrap();
    let clock = Clock::manual();
    let (node, plan) = (Limiter::shared(), Plan { per_minute: Some(3), ..Plan::UNLIMITED });
    let mut admitted = 0;
    for key in 0..300 {
        for _ in 0..5 {
            let quota = node.admit(&test.db, Uuid::from_u128(key), plan, &clock).await.unwrap();
            admitted += usize::from(quota.admitted);
        }
    }
    assert_eq!(admitted, 900);
}

/// A second server on the same database.
async fn second(kit: &TestApp, clock: Clock) -> App {
    let db = Db::open(&kit.db.url).await.unwrap();
    let pepper = Pepper::new(vec![7; 32]).unwrap();
    App::new(&[], (db, clock, Entropy::seeded(8), pepper), ServiceConfig::default(), Limiter::shared())
}

on_both! {
    async fn a_revoked_key_stops_at_once_here_and_within_a_second_on_another_server(test) {
        let kit = test_app(test).await;
        let other = second(&kit, kit.app.clock.clone()).await;
        let token = kit.key_with(&["contacts:read"]).await;
        let header = format!("Bearer {token}");
        let credential = Credential { authorization: Some(header.as_bytes()), ..Credential::default() };
        let entry = kit.app.enter(credential).await.unwrap();
        other.enter(credential).await.unwrap();
        admin::revoke_key(&kit.app, kit.org, entry.caller().key.id).await.unwrap();
        assert_eq!(kit.app.enter(credential).await.unwrap_err().kind, ErrorKind::Unauthorized);
        kit.app.clock.advance(Ts::SECOND - 1);
        assert_eq!(other.enter(credential).await.unwrap_err().kind, ErrorKind::Unauthorized);
    }
}

on_both! {
    async fn a_revoked_key_is_revoked_where_the_clock_is_behind_or_is_set_back(test) {
        let kit = test_app(test).await;
        let behind = Clock::manual();
        let other = second(&kit, behind.clone()).await;
        kit.advance_seconds(5);
        let header = format!("Bearer {}", kit.key_with(&["contacts:read"]).await);
        let credential = Credential { authorization: Some(header.as_bytes()), ..Credential::default() };
        let entry = kit.app.enter(credential).await.unwrap();
        other.enter(credential).await.unwrap();
        admin::revoke_key(&kit.app, kit.org, entry.caller().key.id).await.unwrap();
        behind.advance(Ts::SECOND);
        assert_eq!(other.enter(credential).await.unwrap_err().kind, ErrorKind::Unauthorized);
        kit.advance_seconds(-3600);
        assert_eq!(kit.app.enter(credential).await.unwrap_err().kind, ErrorKind::Unauthorized);
    }
}

fn from<'a>(authorization: &'a str, address: &str) -> Credential<'a> {
    let authorization = (!authorization.is_empty()).then_some(authorization.as_bytes());
    Credential { authorization, address: Some(address.parse().unwrap()), ..Credential::default() }
}

const THERE: &str = "192.0.2.1";

on_both! {
    async fn an_address_that_keeps_failing_is_not_heard_while_a_key_in_use_is(test) {
        let kit = test_app(test).await;
        let good = format!("Bearer {}", kit.key);
        let later = format!("Bearer {}", kit.key_with(&["*"]).await);
        kit.app.enter(from(&good, THERE)).await.unwrap();
        for _ in 0..30 {
            let refused = kit.app.enter(from("Bearer g8_live_wrong", THERE)).await.unwrap_err();
            assert_eq!(refused.kind, ErrorKind::Unauthorized);
        }
        let refused = kit.app.enter(from("Bearer g8_live_wrong", THERE)).await.unwrap_err();
        assert_eq!(refused.message, "Too many failed authentications from this address; try again in 60 s.");
        assert_eq!(kit.app.enter(from(&later, THERE)).await.unwrap_err().kind, ErrorKind::TooMany);
        // Though it is read again every half second, and all callers are forgotten when somebody changes a key.
        for _ in 0..50 {
            kit.advance_seconds(1);
            kit.app.enter(from(&good, THERE)).await.unwrap();
        }
        kit.app.callers.forget();
        kit.app.enter(from(&good, THERE)).await.unwrap();
        assert_eq!(kit.app.enter(from("x", "192.0.2.2")).await.unwrap_err().kind, ErrorKind::Unauthorized);
        kit.advance_seconds(10);
        assert_eq!(kit.app.enter(from("x", THERE)).await.unwrap_err().kind, ErrorKind::Unauthorized);
    }
}

on_both! {
    async fn who_shows_nothing_or_what_was_good_once_does_not_guess(test) {
        let kit = test_app(test).await;
        let once = format!("Bearer {}", kit.key_with(&["*"]).await);
        let id = kit.app.enter(from(&once, THERE)).await.unwrap().caller().key.id;
        admin::revoke_key(&kit.app, kit.org, id).await.unwrap();
        for _ in 0..40 {
            let nothing = kit.app.enter(from("", THERE)).await.unwrap_err();
            assert_eq!(nothing.data.unwrap()["reason"], "missing_header");
            let revoked = kit.app.enter(from(&once, THERE)).await.unwrap_err();
            assert_eq!(revoked.data.unwrap()["reason"], "revoked_key");
        }
        let new = format!("Bearer {}", kit.key_with(&["*"]).await);
        kit.app.enter(from(&new, THERE)).await.unwrap();
    }
}

on_both! {
    async fn a_plan_that_is_gone_lifts_no_limit_and_is_named(test) {
        let tiny = Plan { per_minute: Some(1), ..Plan::UNLIMITED };
        let kit = configured_app(test, |config| config.plans.0.extend([("tiny".to_owned(), tiny)])).await;
        let new = admin::NewKey { plan: Some("tiny".to_owned()), ..admin::NewKey::unscoped(kit.org, "Small".to_owned()) };
        let token = admin::create_key(&kit.app, new).await.unwrap().1;
        let shown = format!("Bearer {}", token.reveal());
        let without = second(&kit, kit.app.clock.clone()).await;
        let entry = without.enter(from(&shown, THERE)).await.unwrap();
        assert_eq!(entry.quota().meter("minute").unwrap().limit, 60, "the lowest of all, not the organization's");
        assert_eq!(without_plan(&without.config.plans, &without.db).await.unwrap(), ["1 key has tiny"]);
        assert!(without_plan(&kit.app.config.plans, &without.db).await.unwrap().is_empty());
    }
}

//! Rate limits and callers, as those who hold keys see them.

use crate::{App, Backend, Credential, Entropy, Limiter, Tuning, admin, ops::me, testing::Kit};
use g8_auth::Pepper;
use g8_domain::{Kind, Plan, Ts};
use g8_storage::{Db, on_both, testing::TestDb};
use uuid::Uuid;

const ANN: Uuid = Uuid::from_u128(7);

on_both! {
    async fn several_programs_count_one_window_exactly(test) {
        let plan = Plan { per_minute: Some(50), ..Plan::UNLIMITED };
        let nodes = [Limiter::shared(), Limiter::shared(), Limiter::shared()];
        let db = &test.db;
        let tries = nodes.iter().flat_map(|node| (0..40).map(move |n| node.admit(db, ANN, plan, Ts(n))));
        let quotas = futures_util::future::join_all(tries).await;
        let admitted = quotas.into_iter().filter(|quota| quota.as_ref().unwrap().admitted).count();
        assert_eq!(admitted, 50);
        let left = Limiter::shared().admit(&test.db, ANN, plan, Ts(61 * Ts::SECOND)).await.unwrap();
        assert_eq!(left.meters[0].remaining, 49);
    }
}

on_both! {
    async fn the_plan_of_the_organization_holds_for_every_key_and_a_lower_one_for_its_key(test) {
        let kit = Kit::new(test).await;
        admin::set_plan(&kit.app, kit.org, "starter").await.unwrap();
        let unknown = admin::set_plan(&kit.app, kit.org, "platinum").await.unwrap_err();
        assert_eq!(unknown.message, "`plan` must be one of developer, enterprise, pro, starter, unlimited.");
        for _ in 0..10 {
            kit.run::<me::Show>(me::Input {}).await.unwrap();
        }
        let refused = kit.run::<me::Show>(me::Input {}).await.unwrap_err();
        assert_eq!(refused.kind, Kind::TooMany);
        assert_eq!(refused.message, "This key may make 10 requests a second; try again in 1 s.");
        // Each key has a window of its own.
        kit.as_key(&kit.key_with(&[]).await).run::<me::Show>(me::Input {}).await.unwrap();
        for _ in 0..5 {
            kit.advance_seconds(1);
            for _ in 0..10 {
                kit.run::<me::Show>(me::Input {}).await.unwrap();
            }
        }
        kit.advance_seconds(1);
        let refused = kit.run::<me::Show>(me::Input {}).await.unwrap_err();
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
    let (node, plan) = (Limiter::shared(), Plan { per_minute: Some(3), ..Plan::UNLIMITED });
    let mut admitted = 0;
    for key in 0..300 {
        for _ in 0..5 {
            let quota = node.admit(&test.db, Uuid::from_u128(key), plan, Ts(0)).await.unwrap();
            admitted += usize::from(quota.admitted);
        }
    }
    assert_eq!(admitted, 900);
}

/// A second server on the same database.
async fn second(kit: &Kit) -> App {
    let db = Db::open(&kit.db.url).await.unwrap();
    let pepper = Pepper::new(vec![7; 32]).unwrap();
    App::new((db, kit.app.clock.clone(), Entropy::seeded(8), pepper), Tuning::default(), Limiter::shared())
}

on_both! {
    async fn a_revoked_key_stops_at_once_here_and_within_a_second_on_another_server(test) {
        let kit = Kit::new(test).await;
        let other = second(&kit).await;
        let token = kit.key_with(&["contacts:read"]).await;
        let header = format!("Bearer {token}");
        let credential = Credential { authorization: Some(header.as_bytes()), ..Credential::default() };
        let entry = kit.app.enter(credential).await.unwrap();
        other.enter(credential).await.unwrap();
        admin::revoke_key(&kit.app, kit.org, entry.caller().key.id).await.unwrap();
        assert_eq!(kit.app.enter(credential).await.unwrap_err().kind, Kind::Unauthorized);
        kit.app.clock.advance(Ts::SECOND - 1);
        assert_eq!(other.enter(credential).await.unwrap_err().kind, Kind::Unauthorized);
    }
}

on_both! {
    async fn an_address_that_keeps_failing_is_not_heard_while_a_key_in_use_is(test) {
        let kit = Kit::new(test).await;
        let good = format!("Bearer {}", kit.key);
        let from = |header: &'static str, address: &str| Credential {
            authorization: Some(header.as_bytes()), address: Some(address.parse().unwrap()), ..Credential::default()
        };
        let known = Credential { authorization: Some(good.as_bytes()), ..from("", "192.0.2.1") };
        kit.app.enter(known).await.unwrap();
        for _ in 0..30 {
            let refused = kit.app.enter(from("Bearer g8_live_wrong", "192.0.2.1")).await.unwrap_err();
            assert_eq!(refused.kind, Kind::Unauthorized);
        }
        let refused = kit.app.enter(from("Bearer g8_live_wrong", "192.0.2.1")).await.unwrap_err();
        assert_eq!(refused.message, "Too many failed authentications from this address; try again in 60 s.");
        kit.app.enter(known).await.unwrap();
        assert_eq!(kit.app.enter(from("x", "192.0.2.2")).await.unwrap_err().kind, Kind::Unauthorized);
        kit.advance_seconds(60);
        assert_eq!(kit.app.enter(from("x", "192.0.2.1")).await.unwrap_err().kind, Kind::Unauthorized);
    }
}

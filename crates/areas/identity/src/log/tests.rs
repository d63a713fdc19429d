//! The log of requests, as its readers see it.

use super::ListRequests;
use crate::testing::test_app;
use g8_core::{Answered, Backend, Origin, jobs, testing::TestApp};
use g8_domain::{ErrorKind, Ts};
use g8_storage::on_both;
use serde_json::{Map, json};

async fn ask(kit: &TestApp, id: &str, status: u16) {
    let origin = Origin { request_id: id.to_owned(), door: "http", ..Origin::default() };
    let answered = Answered { method: "GET", path: "/api/v1/me".to_owned(), status, begun: kit.now() };
    kit.app.note_request(kit.enter().await.caller(), &origin, answered);
}

async fn ids(kit: &TestApp, args: serde_json::Value) -> Vec<String> {
    let page = kit.call::<ListRequests>(args).await.unwrap();
    page.data.into_iter().map(|request| request.request_id).collect()
}

on_both! {
    async fn what_was_asked_is_found_by_its_id_and_by_its_status(test) {
        let kit = test_app(test).await;
        for (id, status) in [("req_a", 200), ("req_b", 404), ("req_c", 429), ("req_d", 503)] {
            kit.advance_seconds(1);
            ask(&kit, id, status).await;
        }
        assert_eq!(ids(&kit, json!({})).await, ["req_d", "req_c", "req_b", "req_a"]);
        assert_eq!(ids(&kit, json!({ "status": "4xx" })).await, ["req_c", "req_b"]);
        assert_eq!(ids(&kit, json!({ "status": "404" })).await, ["req_b"]);
        assert_eq!(ids(&kit, json!({ "request_id": " req_a " })).await, ["req_a"]);
        assert_eq!(ids(&kit, json!({ "limit": 2 })).await, ["req_d", "req_c"]);
        for wrong in ["9xx", "xx", "abc", "999", "-4"] {
            let refused = kit.call::<ListRequests>(json!({ "status": wrong })).await.unwrap_err();
            assert_eq!(refused.kind, ErrorKind::Invalid, "{wrong}");
        }
        let one = kit.call::<ListRequests>(json!({ "request_id": "req_b" })).await.unwrap().data.remove(0);
        assert_eq!((one.method.as_str(), one.status, one.api_key_name.as_deref()), ("GET", 404, Some("First key")));
    }
}

on_both! {
    async fn another_organisation_sees_nothing_of_it(test) {
        let kit = test_app(test).await;
        ask(&kit, "req_a", 200).await;
        let stranger = kit.as_key(&kit.stranger().await).call::<ListRequests>(Map::new()).await.unwrap();
        assert!(stranger.data.is_empty());
        let powerless = kit.as_key(&kit.key_with(&["contacts"]).await).call::<ListRequests>(Map::new()).await;
        assert_eq!(powerless.unwrap_err().kind, ErrorKind::Forbidden);
    }
}

on_both! {
    async fn it_is_kept_for_seven_days(test) {
        let kit = test_app(test).await;
        ask(&kit, "req_old", 200).await;
        jobs::begin(&kit.app).await.unwrap();
        kit.advance_seconds(6 * Ts::DAY / Ts::SECOND);
        ask(&kit, "req_new", 200).await;
        kit.run_pending_jobs().await;
        assert_eq!(ids(&kit, json!({})).await, ["req_new", "req_old"]);
        kit.advance_seconds(Ts::DAY / Ts::SECOND + 900);
        kit.run_pending_jobs().await;
        assert_eq!(ids(&kit, json!({})).await, ["req_new"]);
    }
}

//! What callers read of their limits.

use super::{Answer, More, Web};
use crate::http::handler;
use axum::{Router, http::StatusCode};
use g8_core::testing::TestApp;
use g8_core::{Action, Area, Ctx, Operation, PersonalData, Retain, Spec, Verb, admin};
use g8_domain::Result;
use g8_storage::on_both;
use serde_json::json;

/// Work that never ends.
struct Endless;
/// Work that panics.
struct Broken;

impl Operation for Endless {
    const SPEC: Spec = Spec::for_any_key(Verb::Get, "/endless", "test.endless");
    type Input = g8_identity::me::Input;
    type Output = ();
    async fn run(_: &Ctx, _: Self::Input) -> Result<()> {
        std::future::pending().await
    }
}

impl Operation for Broken {
    const SPEC: Spec = Spec::for_any_key(Verb::Get, "/broken", "test.broken");
    type Input = g8_identity::me::Input;
    type Output = ();
    async fn run(_: &Ctx, _: Self::Input) -> Result<()> {
        panic!("as a fault of ours would")
    }
}

/// An area that has nothing but these.
static ODD: Area = Area {
    name: "odd",
    operations: &[Action::of::<Endless>(), Action::of::<Broken>()],
    order: &[],
    events: &[],
    jobs: &[],
    scopes: &[],
    readers: &[],
    retain: Retain::Everything,
    person: PersonalData::None,
};

on_both! {
    async fn whatever_goes_wrong_a_known_key_hears_what_is_left(test) {
        let kit = TestApp::configured(&[&g8_identity::AREA, &ODD], test, |config| config.limits.request_seconds = 1).await;
        admin::set_plan(&kit.app, kit.org, "developer").await.unwrap();
        let timed = Router::new()
            .route("/endless", handler::route(Action::of::<Endless>()))
            .route("/broken", handler::route(Action::of::<Broken>()));
        let web = Web::with(kit, More { timed, ..More::default() });
        let left = |answer: &Answer| answer.headers["x-ratelimit-remaining"].to_str().unwrap().to_owned();
        let late = web.get("/endless").await;
        assert_eq!((late.status, left(&late).as_str()), (StatusCode::SERVICE_UNAVAILABLE, "199"));
        let broken = web.get("/broken").await;
        assert_eq!((broken.status, left(&broken).as_str()), (StatusCode::INTERNAL_SERVER_ERROR, "198"));
        let nowhere = web.get("/api/v1/contcats").await;
        assert_eq!((nowhere.status, left(&nowhere).as_str()), (StatusCode::NOT_FOUND, "197"));
        let wrong = web.send("DELETE", "/v1/me", Some(&web.key), None).await;
        assert_eq!((wrong.status, left(&wrong).as_str()), (StatusCode::METHOD_NOT_ALLOWED, "196"));
        let stranger = web.send("GET", "/api/v1/contcats", Some("g8_live_wrong"), None).await;
        assert_eq!(stranger.status, StatusCode::NOT_FOUND);
        assert!(!stranger.headers.contains_key("ratelimit"));
        // Asking in vain is asking.
        for _ in 0..6 {
            web.get("/api/v1/contcats").await;
        }
        assert_eq!(web.get("/api/v1/contcats").await.status, StatusCode::TOO_MANY_REQUESTS);
    }
}

on_both! {
    async fn every_answer_says_what_is_left_and_429_when_to_come_back(test) {
        let web = Web::new(test).await;
        let free = web.get("/api/v1/me").await;
        assert!(!free.headers.contains_key("x-ratelimit-limit-minute"), "an unlimited key has no limits to show");
        admin::set_plan(&web.kit.app, web.kit.org, "pro").await.unwrap();
        let now = web.kit.now().unix_seconds();
        let first = web.get("/api/v1/me").await;
        for (name, value) in [
            ("x-ratelimit-limit-second", "10"),
            ("x-ratelimit-limit-minute", "120"),
            ("x-ratelimit-limit-day", "50000"),
            ("x-ratelimit-remaining", "119"),
            ("x-ratelimit-reset", &*(now + 60).to_string()),
            ("ratelimit-policy", "\"second\";q=10;w=1, \"minute\";q=120;w=60, \"day\";q=50000;w=86400"),
            ("ratelimit", "\"second\";r=9;t=1, \"minute\";r=119;t=60, \"day\";r=49999;t=86400"),
        ] {
            assert_eq!(first.headers[name], value, "{name}");
        }
        // What is refused for another reason counts, and says so, too.
        let missing = web.get("/api/v1/contacts/99").await;
        assert_eq!((missing.status, missing.headers["x-ratelimit-remaining"].to_str().unwrap()), (StatusCode::NOT_FOUND, "118"));
        for _ in 0..8 {
            web.get("/api/v1/me").await;
        }
        let refused = web.get("/api/v1/me").await;
        assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!((refused.headers["retry-after"].to_str().unwrap(), &refused.body["type"]), ("1", &json!("RateLimitIssue")));
        assert_eq!(refused.headers["ratelimit"].to_str().unwrap().split(',').next(), Some("\"second\";r=0;t=1"));
    }
}

on_both! {
    async fn a_replayed_answer_says_that_it_is_one(test) {
        let web = Web::new(test).await;
        let send = || {
            let request = axum::http::Request::post("/api/v1/lists")
                .header("authorization", format!("Bearer {}", web.key))
                .header("idempotency-key", "0198c0de-0000-4000-8000-000000000000");
            web.raw(request.body(json!({ "title": "Fair" }).to_string().into()).unwrap())
        };
        let (first, second) = (send().await, send().await);
        assert!(!first.headers.contains_key("idempotent-replay"));
        assert_eq!((second.status, second.headers["idempotent-replay"].to_str().unwrap()), (StatusCode::CREATED, "true"));
        assert_eq!(first.body, second.body);
    }
}

on_both! {
    async fn a_file_over_the_limit_is_refused_before_it_is_read(test) {
        let web = Web::new(test).await;
        let import = web.post("/api/v1/imports", json!({})).await.body["data"]["id"].as_str().unwrap().to_owned();
        let request = axum::http::Request::put(format!("/api/v1/imports/{import}/file"))
            .header("authorization", format!("Bearer {}", web.key))
            .header("content-length", (2_u64 << 30).to_string());
        let endless = axum::body::Body::from_stream(futures_util::stream::repeat_with(|| {
            Ok::<_, std::io::Error>(axum::body::Bytes::from_static(b"a,b\n"))
        }));
        let refused = web.raw(request.body(endless).unwrap()).await;
        assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(refused.body["message"], "The file is over 1024 MiB; import it in parts.");
    }
}

//! Who is served over what.

use super::{Answer, Web};
use crate::http::Transport;
use axum::{
    body::Body,
    extract::ConnectInfo,
    http::{Request, StatusCode},
};
use g8_storage::testing::TestDb;
use std::net::SocketAddr;

const PROXY: &str = "10.0.0.1";
/// A trusted proxy on this machine.
const NEAR_PROXY: &str = "127.0.0.9";
const FAR: &str = "203.0.113.9";

impl Web {
    /// Asks for `path` from `peer`, with these headers and this key.
    async fn from(&self, peer: &str, tls: bool, path: &str, headers: &[(&str, &str)], key: &str) -> Answer {
        let peer = SocketAddr::new(peer.parse().unwrap(), 1);
        let transport = if tls { Transport::Tls } else { Transport::Plain };
        let request = Request::get(path).extension(ConnectInfo(peer)).extension(transport);
        let request = request.header("authorization", format!("Bearer {key}"));
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        self.raw(request.body(Body::empty()).unwrap()).await
    }
}

#[tokio::test]
async fn what_is_not_secure_is_refused_and_what_came_over_https_says_so() {
    const PROTO: &str = "x-forwarded-proto";
    let web = Web::new(TestDb::sqlite().await).await;
    let (secure, https) = (StatusCode::OK, true);
    let refused = (StatusCode::FORBIDDEN, false);
    for (peer, tls, headers, (status, hsts)) in [
        (FAR, false, &[][..], refused),
        (FAR, true, &[], (secure, https)),
        (FAR, false, &[(PROTO, "https")], refused),
        (FAR, false, &[("forwarded", "proto=https")], refused),
        (FAR, true, &[(PROTO, "http")], (secure, https)),
        ("127.0.0.1", false, &[], (secure, false)),
        ("::1", false, &[], (secure, false)),
        ("::ffff:127.0.0.1", false, &[], (secure, false)),
        ("127.0.0.1", true, &[], (secure, https)),
        // A proxy on this machine that was not declared.
        ("127.0.0.1", false, &[(PROTO, "https")], refused),
        ("127.0.0.1", false, &[("x-forwarded-for", FAR)], refused),
        ("127.0.0.1", false, &[("x-real-ip", FAR)], refused),
        ("127.0.0.1", false, &[("via", "1.1 cache")], refused),
        (PROXY, false, &[], refused),
        (PROXY, false, &[(PROTO, "https")], (secure, https)),
        (PROXY, false, &[(PROTO, "http")], refused),
        (PROXY, true, &[(PROTO, "http")], refused),
        (PROXY, true, &[], (secure, https)),
        (PROXY, false, &[("x-forwarded-for", FAR)], refused),
        (PROXY, false, &[("forwarded", "for=203.0.113.9;proto=https")], (secure, https)),
        (PROXY, false, &[("forwarded", "proto=https"), (PROTO, "http")], refused),
        ("::ffff:10.0.0.1", false, &[(PROTO, "https")], (secure, https)),
        (NEAR_PROXY, false, &[(PROTO, "https")], (secure, https)),
        (NEAR_PROXY, false, &[(PROTO, "http")], refused),
        (NEAR_PROXY, false, &[("x-forwarded-for", FAR)], refused),
        (NEAR_PROXY, false, &[], (secure, false)),
    ] {
        let answer = web.from(peer, tls, "/api/v1/me", headers, &web.key).await;
        let shown = format!("{peer} tls={tls} {headers:?}");
        assert_eq!(answer.status, status, "{shown}: {}", answer.body);
        assert_eq!(answer.headers.contains_key("strict-transport-security"), hsts, "{shown}");
    }
}

#[tokio::test]
async fn a_refusal_names_the_way_out_and_looks_at_no_key() {
    let web = Web::new(TestDb::sqlite().await).await;
    for path in ["/api/v1/me", "/v1/me", "/api/v1/docs", "/api/v1/openapi.json", "/", "/nowhere"] {
        let answer = web.from(FAR, false, path, &[], "g8_live_nonsense").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        assert_eq!(
            (&answer.body["type"], &answer.body["status_code"]),
            (&"UnauthorizedIssue".into(), &403.into())
        );
        let message = answer.body["message"].as_str().unwrap();
        assert!(message.contains("over HTTPS") && message.contains("trusted_proxies"), "{message}");
        assert!(answer.body["request_id"].as_str().unwrap().starts_with("req_"), "{path}");
        assert_eq!(answer.headers["x-content-type-options"], "nosniff");
    }
    // Thirty wrong keys in a minute would lock the address out; nobody counted these.
    for _ in 0..40 {
        web.from(FAR, false, "/api/v1/me", &[], "g8_live_nonsense").await;
    }
    assert_eq!(web.from(FAR, true, "/api/v1/me", &[], &web.key).await.status, StatusCode::OK);
    assert_eq!(
        web.from(FAR, true, "/api/v1/me", &[], "g8_live_nonsense").await.status,
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
async fn probes_may_come_any_way_and_a_request_from_nowhere_may_not() {
    let web = Web::new(TestDb::sqlite().await).await;
    for path in ["/healthz", "/readyz", "/healthz/"] {
        let answer = web.from(FAR, false, path, &[], "").await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(!answer.headers.contains_key("strict-transport-security"));
    }
    let request = Request::get("/api/v1/docs").body(Body::empty()).unwrap();
    let answer = tower::ServiceExt::oneshot(web.site.clone(), request).await.unwrap();
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
}

//! The numbers move, and say nothing about anybody.

use super::{Sources, Traffic, site};
use crate::http::{HttpConfig, More, Transport, site as api};
use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode},
};
use g8_product::testing::test_app;
use g8_storage::on_both;
use std::sync::Arc;
use tower::ServiceExt;

async fn ask(
    service: impl tower::Service<
        Request<Body>,
        Response = axum::response::Response,
        Error = std::convert::Infallible,
    >,
    method: &str,
    path: &str,
    key: &str,
) -> (StatusCode, String) {
    let request =
        Request::builder().method(method).uri(path).header("authorization", format!("Bearer {key}"));
    let request = request.extension(Transport::Tls);
    let response = service.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let status = response.status();
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

on_both! {
    async fn the_numbers_move_and_name_nobody(test) {
        let kit = test_app(test).await;
        let traffic = Traffic::default();
        let rest = api(HttpConfig {
            app: kit.app.clone(),
            public_url: "http://g8.test".into(),
            body_limit: 4096,
            trusted_proxies: [].into(),
            hsts: None,
            traffic: traffic.clone(),
        }, More::default());
        for (method, path, key) in [
            ("GET", "/api/v1/me", &*kit.key),
            ("GET", "/api/v1/contacts/4711?name=Lovelace", &kit.key),
            ("GET", "/api/v1/me", "g8_live_nonsense"),
            ("GET", "/secrets/of/acme", &kit.key),
            ("MAKEUP", "/api/v1/me", &kit.key),
        ] {
            ask(rest.clone(), method, path, key).await;
        }
        let sources = Sources { app: kit.app.clone(), traffic, connections: Arc::new(|| 3) };
        let (status, text) = ask(site(sources), "GET", "/metrics", "").await;
        assert_eq!(status, StatusCode::OK);
        for line in [
            "g8_http_requests_total{method=\"GET\",route=\"/api/v1/me\",status=\"200\"} 1",
            "g8_http_requests_total{method=\"GET\",route=\"/api/v1/contacts/{contact_id}\",status=\"400\"} 1",
            "g8_http_requests_total{method=\"GET\",route=\"-\",status=\"404\"} 1",
            "g8_http_requests_total{method=\"other\",route=\"/api/v1/me\",status=\"405\"} 1",
            "g8_http_refused_requests_total{reason=\"not_authenticated\"} 1",
            "g8_http_refused_requests_total{reason=\"over_limit\"} 0",
            "g8_http_request_seconds_count{method=\"GET\",route=\"/api/v1/me\"} 2",
            "g8_http_running_requests 0",
            "g8_http_connections 3",
            "g8_database_up 1",
            "g8_jobs{state=\"dead\"} 0",
            "g8_jobs_overdue_seconds 0",
        ] {
            assert!(text.lines().any(|is| is == line), "{line} is not in\n{text}");
        }
        for name in ["g8_build_info{version=", "g8_process_resident_memory_bytes ", "g8_database_connections{state=\"used\"}"] {
            assert!(text.contains(name), "{name}");
        }
        for own in [kit.key.as_str(), &kit.key[..12], "nonsense", &kit.org.to_string(), "4711", "Lovelace", "acme", "MAKEUP", "My workspace"] {
            assert!(!text.contains(own), "{own} is in\n{text}");
        }
        assert_eq!(ask(rest, "GET", "/metrics", &kit.key).await.0, StatusCode::NOT_FOUND);
    }
}

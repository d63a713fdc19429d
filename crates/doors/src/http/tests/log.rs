//! The log of requests, as it fills while requests come in.

use super::Web;
use axum::http::StatusCode;
use g8_core::admin;
use g8_storage::on_both;
use serde_json::json;

on_both! {
    async fn every_request_of_somebody_known_is_noted_whatever_became_of_it(test) {
        let web = Web::new(test).await;
        let powerless = web.kit.key_with(&[]).await;
        web.get("/api/v1/contacts?name=Lovelace").await;
        web.send("GET", "/v1/contacts/17", Some(&powerless), None).await;
        let wrong = web.get("/api/v1/contacts/ada@example.com").await;
        assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
        web.send("GET", "/api/v1/me", None, None).await;
        web.send("GET", "/api/v1/me", Some("g8_live_nonsense"), None).await;
        let log = web.get("/api/v1/logs").await.body;
        let seen: Vec<(String, i64)> = log["data"].as_array().unwrap().iter().map(|request| {
            let asked = format!("{} {}", request["method"].as_str().unwrap(), request["path"].as_str().unwrap());
            (asked, request["status"].as_i64().unwrap())
        }).collect();
        assert_eq!(seen, [
            ("GET /api/v1/contacts/{contact_id}".to_owned(), 400),
            ("GET /v1/contacts/17".to_owned(), 403),
            ("GET /api/v1/contacts".to_owned(), 200),
        ]);
        assert_eq!(log["data"][0]["request_id"], wrong.headers["x-request-id"].to_str().unwrap());
        assert_eq!((&log["data"][1]["api_key_name"], &log["data"][1]["door"]), (&json!("Test key"), &json!("http")));
        assert!(!log.to_string().contains("Lovelace") && !log.to_string().contains("ada@"));
        assert_eq!(web.get("/api/v1/logs?limit=0").await.status, StatusCode::BAD_REQUEST);
        assert_eq!(web.get("/api/v1/logs?limit=1").await.body["data"].as_array().unwrap().len(), 1);
    }
}

on_both! {
    async fn what_is_over_the_limit_is_noted_too(test) {
        let web = Web::new(test).await;
        admin::set_plan(&web.kit.app, web.kit.org, "starter").await.unwrap();
        let mut last = StatusCode::OK;
        while last == StatusCode::OK {
            last = web.get("/api/v1/me").await.status;
        }
        assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
        web.kit.advance_seconds(120);
        let log = web.get("/api/v1/logs?status=429").await.body;
        assert_eq!(log["data"].as_array().unwrap().len(), 1, "{log}");
    }
}

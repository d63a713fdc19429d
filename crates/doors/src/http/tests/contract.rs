//! Envelopes, errors and addresses.

use super::{Body, Request, StatusCode, Web};
use crate::openapi;
use g8_core::Registry;
use g8_product::AREAS;
use g8_storage::on_both;
use serde_json::{Value, json};

on_both! {
    async fn both_mounts_and_trailing_slashes_give_the_same_body(test) {
        let web = Web::new(test).await;
        web.post("/v1/contacts/", json!({ "work_email": "a@x.com" })).await;
        let one = web.get("/api/v1/contacts").await;
        for path in ["/v1/contacts", "/v1/contacts/", "/api/v1/contacts/?limit=50"] {
            assert_eq!(web.get(path).await.body, one.body, "{path}");
        }
        assert_eq!(one.body["pagination"], json!({ "page": 1, "limit": 50, "total": 1, "has_next": false, "next_cursor": null }));
        assert!(one.headers["x-request-id"].to_str().unwrap().starts_with("req_"));
        assert_eq!(web.get("/v1/contacts/1/detail").await.body["data"]["id"], 1);
    }
}

on_both! {
    async fn me_is_bare_and_has_seed_002s_seven_fields(test) {
        let me = Web::new(test).await.get("/v1/me").await.body;
        for field in ["id", "organization_id", "name", "key_prefix", "scopes", "created_at"] {
            assert!(!me[field].is_null(), "{field}");
        }
        assert!(me.as_object().unwrap().contains_key("last_used_at"));
    }
}

on_both! {
    async fn every_error_has_one_body_and_the_right_status(test) {
        let web = Web::new(test).await;
        let text = |content: &str, kind: &str| {
            let request = Request::post("/v1/contacts").header("authorization", format!("Bearer {}", web.key));
            request.header("content-type", kind).body(Body::from(content.to_owned())).unwrap()
        };
        let long = format!("{{\"first_name\":\"{}\"}}", "x".repeat(5000));
        for (answer, status, kind) in [
            (web.get("/v1/nothing").await, 404, "NotFoundIssue"),
            (web.send("PUT", "/v1/contacts", Some(&web.key), None).await, 405, "ValidationIssue"),
            (web.get("/v1/contacts/x").await, 400, "ValidationIssue"),
            (web.get("/v1/contacts/99").await, 404, "NotFoundIssue"),
            (web.get("/v1/contacts?limit=0&page=99999999999999999999").await, 400, "ValidationIssue"),
            (web.get("/v1/contacts?name=%FF").await, 400, "ValidationIssue"),
            (web.get("/v1/contacts?name=a%00b").await, 400, "ValidationIssue"),
            (web.get("/v1/contacts/%FF").await, 400, "ValidationIssue"),
            (web.get("/v1/contacts?cursor=%F0%9F%92%A9").await, 400, "ValidationIssue"),
            (web.raw(text("{", "application/json")).await, 400, "ValidationIssue"),
            (web.raw(text("[]", "application/json")).await, 400, "ValidationIssue"),
            (web.raw(text("a=b", "application/x-www-form-urlencoded")).await, 415, "ValidationIssue"),
            (web.raw(text(&long, "application/json")).await, 413, "ValidationIssue"),
            (web.post("/v1/contacts", json!({})).await, 400, "ValidationIssue"),
            (web.post("/v1/contacts", json!({ "work_email": "a@x.com", "list_id": 7 })).await, 404, "NotFoundIssue"),
        ] {
            let body = &answer.body;
            assert_eq!(answer.status.as_u16(), status, "{body}");
            assert_eq!((&body["status_code"], &body["type"]), (&json!(status), &json!(kind)), "{body}");
            assert!(body["message"].is_string() && body["message"] == body["detail"], "{body}");
            assert_eq!(body["request_id"], answer.headers["x-request-id"].to_str().unwrap());
        }
        assert_eq!(web.get("/v1/contacts").await.body["pagination"]["total"], 0, "nothing was half written");
    }
}

on_both! {
    async fn a_foreign_org_header_is_refused_and_ones_own_is_not(test) {
        let web = Web::new(test).await;
        let with = |org: String| {
            let request = Request::get("/v1/me").header("authorization", format!("Bearer {}", web.key));
            request.header("x-org-id", org).body(Body::empty()).unwrap()
        };
        assert_eq!(web.raw(with(web.kit.org.to_string().to_uppercase())).await.status, StatusCode::OK);
        assert_eq!(web.raw(with("somebody-else".into())).await.status, StatusCode::FORBIDDEN);
    }
}

#[test]
fn the_document_is_a_visible_diff() {
    let document: Value = openapi::document(Registry::new(AREAS).operations(), "http://g8.test");
    insta::assert_json_snapshot!("openapi", document);
    let page = openapi::page(&document);
    assert!(page.contains("/contacts/{contact_id}") && !page.contains("<script"));
}

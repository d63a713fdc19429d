//! What was asked for, and what was changed.

use super::super::client::{Web, near};
use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use g8_domain::record::Role;
use tower::ServiceExt;

/// Asks with the key to everything; says the request's id.
async fn ask(web: &Web, method: &str, path: &str) -> String {
    let request = Request::builder().method(method).uri(path);
    let request = request.header("authorization", format!("Bearer {}", web.kit.key));
    let response = web.site.clone().oneshot(near(request.body(Body::empty()).unwrap())).await.unwrap();
    response.headers()["x-request-id"].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_request_is_found_by_its_id_and_by_its_answer() {
    let web = Web::new().await;
    let mut admin = web.sign_in("ann@example.com", Role::Admin).await;
    let page = "/settings/requests";
    admin.get(page).await.shows(&["No requests yet", "curl"], &[]);
    let found = ask(&web, "GET", "/api/v1/me").await;
    let refused = ask(&web, "GET", "/api/v1/contacts/4711?name=Lovelace").await;
    admin.get(page).await.shows(
        &[&found, &refused, "/api/v1/contacts/4711", "First key"],
        &["Lovelace", "/settings/requests</"],
    );
    admin.get(&format!("{page}?request_id={found}")).await.shows(&["/api/v1/me"], &["4711"]);
    admin.get(&format!("{page}?status=4xx")).await.shows(&["4711", "404"], &["/api/v1/me"]);
    admin.get(&format!("{page}?status=5xx")).await.shows(&["Nothing found"], &[]);
    let wrong = admin.get(&format!("{page}?status=abc")).await;
    wrong.shows(&["`status`", "Search"], &[]);
    let mut stranger = web.stranger().await;
    stranger.get(page).await.shows(&["No requests yet"], &[&found]);
}

#[tokio::test]
async fn changes_are_seen_by_administrators_only() {
    let web = Web::new().await;
    let mut admin = web.sign_in("ann@example.com", Role::Admin).await;
    let mut bob = web.sign_in("bob@example.com", Role::Member).await;
    admin.post("/settings/members", "/settings/members/rename", &[("name", "Acme")]).await;
    admin.get("/settings/audit").await.shows(&["organization.update", "ann", "Browser"], &[]);
    admin
        .get("/settings/audit?operation=nothing.such")
        .await
        .shows(&["Nothing found"], &["organization.update"]);
    assert_eq!(bob.get("/settings/audit").await.status, StatusCode::FORBIDDEN);
    bob.get("/profile").await.shows(&[], &["/settings/audit"]);
}

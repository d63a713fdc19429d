//! One's own keys, and what the plan leaves.

use super::super::client::Web;
use axum::http::StatusCode;
use g8_core::admin;
use g8_domain::record::Role;
use g8_records::contact;
use g8_signals::webhook;
use serde_json::json;

const PAGE: &str = "/profile/developer";

#[tokio::test]
async fn a_personal_key_is_made_seen_and_revoked_by_its_person_alone() {
    let web = Web::new().await;
    let mut admin = web.sign_in("ann@example.com", Role::Admin).await;
    let mut bob = web.sign_in("bob@example.com", Role::Member).await;
    bob.get(PAGE).await.shows(&["No keys of your own yet", "http://g8.test/mcp/", "claude mcp add"], &[]);
    let form = "/settings/api/new?kind=personal";
    let fields = [("name", "Bob's laptop"), ("kind", "personal"), ("scopes", "contacts")];
    let made = bob.post(form, "/settings/api/new", &fields).await;
    made.shows(&["shown again", PAGE], &[]);
    let page = bob.get(PAGE).await;
    page.shows(&["Bob's laptop"], &["First key"]);
    admin.get(PAGE).await.shows(&["No keys of your own yet"], &["Bob's laptop"]);
    admin.get(form).await.shows(&["value=\"personal\" selected"], &[]);
    let path = format!(
        "/settings/api/{}/revoke",
        page.between("/settings/api/", "/revoke").rsplit('/').next().unwrap()
    );
    let back = bob.post(PAGE, &path, &[("back", PAGE)]).await;
    assert_eq!((back.status, back.location.as_str()), (StatusCode::SEE_OTHER, PAGE));
    bob.get(PAGE).await.shows(&["No keys of your own yet"], &[]);
}

#[tokio::test]
async fn the_plan_says_what_is_left() {
    let web = Web::new().await;
    let mut bob = web.sign_in("bob@example.com", Role::ReadOnly).await;
    bob.get("/settings/usage").await.shows(&["This plan has no limits"], &["<meter"]);
    admin::set_plan(&web.kit.app, web.kit.org, "starter").await.unwrap();
    web.kit.advance_seconds(2);
    bob.get("/settings/usage").await.shows(&["Starter", "Requests a day", "of 10,000 left", "<meter"], &[]);
}

#[tokio::test]
async fn notifications_are_counted_read_and_text() {
    let web = Web::new().await;
    let mut bob = web.sign_in("bob@example.com", Role::Member).await;
    bob.get("/notifications").await.shows(&["Nothing to read"], &["class=\"count\""]);
    let url = super::webhooks::receiver(&["410 Gone"]).await;
    web.kit
        .call::<webhook::CreateWebhook>(json!({ "url": url, "events": ["*"], "name": "<b>CRM</b>" }))
        .await
        .unwrap();
    web.kit.call::<contact::CreateContact>(json!({ "work_email": "a@x.com" })).await.unwrap();
    web.kit.run_pending_jobs().await;
    bob.get("/profile").await.shows(&["class=\"count\">1<"], &[]);
    let page = bob.get("/notifications").await;
    page.shows(&["is paused", "&lt;b&gt;CRM&lt;/b&gt;", "Mark as read"], &["<b>CRM"]);
    let read = format!(
        "/notifications/{}/read",
        page.between("/notifications/", "/read").rsplit('/').next().unwrap()
    );
    let mut stranger = web.stranger().await;
    assert_eq!(
        stranger.post("/notifications", &read, &[]).await.status,
        StatusCode::NOT_FOUND,
        "another organisation"
    );
    assert_eq!(bob.post("/notifications", &read, &[]).await.location, "/notifications");
    bob.get("/notifications").await.shows(&["is paused"], &["Mark as read", "class=\"count\""]);
    bob.get("/notifications?unread=true").await.shows(&["Nothing to read"], &[]);
}

//! One's own keys, and what the plan leaves.

use super::super::client::Web;
use axum::http::StatusCode;
use g8_domain::record::Role;
use g8_service::admin;

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

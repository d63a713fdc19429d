//! Members: invited, given roles, removed; by those who may.

use super::super::client::Web;
use axum::http::StatusCode;
use g8_domain::record::Role;

const PAGE: &str = "/settings/members";

#[tokio::test]
async fn somebody_is_invited_by_a_link_that_is_shown_once() {
    let web = Web::new().await;
    let mut admin = web.sign_in("ann@example.com", Role::Admin).await;
    let invite = "/settings/members/invite";
    let made = admin.post(PAGE, invite, &[("email", "bob@example.com"), ("role", "read_only")]).await;
    made.shows(&["http://g8.test/invitation#", "Read only", "This server sends no mail"], &[]);
    let page = admin.get(PAGE).await;
    page.shows(&["bob@example.com", "Take back"], &["invitation#"]);
    let again = admin.post(PAGE, invite, &[("email", "nonsense"), ("role", "admin")]).await;
    assert_eq!(again.status, StatusCode::BAD_REQUEST);
    again.shows(&["`email`", "value=\"nonsense\"", "value=\"admin\" selected"], &[]);
    let id = page.between("/settings/members/invitations/", "/revoke");
    admin.post(PAGE, &format!("/settings/members/invitations/{id}/revoke"), &[]).await;
    admin.get(PAGE).await.shows(&[], &["bob@example.com"]);
}

#[tokio::test]
async fn a_role_holds_at_once_and_the_last_administrator_stays() {
    let web = Web::new().await;
    let mut admin = web.sign_in("ann@example.com", Role::Admin).await;
    let mut bob = web.sign_in("bob@example.com", Role::Member).await;
    let bobs = web.kit.user("bob@example.com", Role::Member).await.id;
    let anns = web.kit.user("ann@example.com", Role::Admin).await.id;
    bob.get(PAGE).await.shows(&["Administrator"], &["Invite somebody"]);
    admin.post(PAGE, &format!("{PAGE}/{bobs}/role"), &[("role", "admin")]).await;
    bob.get(PAGE).await.shows(&["Invite somebody"], &[]);
    admin.post(PAGE, &format!("{PAGE}/{bobs}/role"), &[("role", "read_only")]).await;
    bob.get(PAGE).await.shows(&["Read only"], &["Invite somebody"]);
    let last = admin.post(PAGE, &format!("{PAGE}/{anns}/role"), &[("role", "member")]).await;
    assert_eq!(last.status, StatusCode::UNPROCESSABLE_ENTITY);
    last.shows(&["needs an administrator", "Remove bob"], &[]);
    admin.post(PAGE, &format!("{PAGE}/{bobs}/remove"), &[]).await;
    assert!(bob.get("/settings/webhooks").await.location.starts_with("/sign-in"));
}

#[tokio::test]
async fn the_organization_is_renamed_and_its_name_is_text() {
    let web = Web::new().await;
    let mut admin = web.sign_in("ann@example.com", Role::Admin).await;
    admin.post(PAGE, "/settings/members/rename", &[("name", "<i>Acme</i>")]).await;
    admin.get(PAGE).await.shows(&["&lt;i&gt;Acme"], &["<i>Acme"]);
    let empty = admin.post(PAGE, "/settings/members/rename", &[("name", "")]).await;
    assert_eq!(empty.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn who_does_not_administer_sees_no_buttons_and_is_refused() {
    let web = Web::new().await;
    let mut admin = web.sign_in("ann@example.com", Role::Admin).await;
    let mut bob = web.sign_in("bob@example.com", Role::Member).await;
    let mut stranger = web.stranger().await;
    let anns = web.kit.user("ann@example.com", Role::Admin).await.id;
    bob.get(PAGE).await.shows(&["ann@example.com", "Administrator"], &["Invite", "Remove", "Rename"]);
    let form = [("role", "admin"), ("email", "x@example.com"), ("name", "X")];
    for action in ["invite", "rename", &format!("{anns}/role"), &format!("{anns}/remove")] {
        let action = format!("{PAGE}/{action}");
        assert_eq!(bob.post(PAGE, &action, &form).await.status, StatusCode::FORBIDDEN, "{action}");
        assert_eq!(admin.submit(&action, &form).await.status, StatusCode::FORBIDDEN, "no token: {action}");
        if action.contains(&anns.to_string()) {
            assert_eq!(stranger.post(PAGE, &action, &form).await.status, StatusCode::NOT_FOUND, "{action}");
        }
    }
}

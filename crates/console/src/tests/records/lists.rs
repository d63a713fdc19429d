//! Lists, as people work with them.

use super::{done, is_not_there, made, open};
use axum::http::StatusCode;
use g8_domain::record::Role;
use g8_records::{company, contact, list};
use serde_json::json;

#[tokio::test]
async fn a_list_is_made_filled_renamed_and_deleted() {
    let (web, mut ann) = open().await;
    made::<contact::CreateContact>(&web, json!({ "work_email": "bea@x.example", "first_name": "Bea" })).await;
    ann.get("/lists").await.shows(&["No lists yet"], &[]);
    let page =
        done(&mut ann, "/lists/new", "/lists/new", &[("title", "Spring fair"), ("type", "contacts")]).await;
    page.shows(&["Spring fair", "Nobody is on it yet"], &[]);
    let page = done(&mut ann, "/lists/1", "/lists/1/add", &[("member", "BEA@x.example")]).await;
    page.shows(&["href=\"/contacts/1\"", "aria-label=\"Remove Bea\""], &["Nobody is on it yet"]);
    let unknown = ann.post("/lists/1", "/lists/1/add", &[("member", "nobody@x.example")]).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    unknown.shows(&["No contact has this e-mail address.", "Spring fair"], &[]);
    done(&mut ann, "/lists/1", "/lists/1/remove", &[("member_id", "1")])
        .await
        .shows(&["Nobody is on it yet"], &[]);
    let page =
        done(&mut ann, "/lists/1", "/lists/1/rename", &[("title", "Fair"), ("description", "In May")]).await;
    page.shows(&["<h1 class=\"break\">Fair</h1>", "In May"], &["Spring"]);
    done(&mut ann, "/lists/1", "/lists/1/delete", &[]).await.shows(&["No lists yet"], &[]);
    ann.get("/contacts/1").await.shows(&["Bea"], &[]);
}

#[tokio::test]
async fn lists_of_companies_take_domains_and_readers_only_look() {
    let (web, mut ann) = open().await;
    made::<list::CreateList>(&web, json!({ "title": "Key accounts", "type": "companies" })).await;
    made::<company::CreateCompany>(&web, json!({ "name": "Acme", "domain": "acme.example" })).await;
    let page = done(&mut ann, "/lists/1", "/lists/1/add", &[("member", "acme.example")]).await;
    page.shows(&["href=\"/companies/1\"", "Remove Acme"], &[]);
    let mut ray = web.sign_in("ray@example.com", Role::ReadOnly).await;
    ray.get("/lists/1").await.shows(&["Acme"], &["Remove", "Rename", "Delete", "Add a company"]);
    assert_eq!(ray.get("/lists/new").await.status, StatusCode::FORBIDDEN);
    assert_eq!(ray.post("/lists", "/lists/1/delete", &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(
        ray.post("/lists", "/lists/1/remove", &[("member_id", "1")]).await.status,
        StatusCode::FORBIDDEN
    );
    is_not_there(
        &web,
        &["/lists/1".to_owned()],
        &["add", "remove", "rename", "delete"].map(|verb| format!("/lists/1/{verb}")),
    )
    .await;
}

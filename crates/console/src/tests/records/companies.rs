//! Companies, as people work with them.

use super::{done, is_not_there, made, open};
use axum::http::StatusCode;
use g8_deals::deal;
use g8_domain::record::Role;
use g8_records::{company, contact, list};
use serde_json::json;

#[tokio::test]
async fn a_company_is_added_seen_changed_and_deleted() {
    let (web, mut ann) = open().await;
    ann.get("/companies").await.shows(&["No companies yet", "curl"], &[]);
    let acme =
        [("name", "Acme"), ("domain", "acme.example"), ("employee_count", "1200"), ("industry", "Anvils")];
    let page = done(&mut ann, "/companies/new", "/companies/new", &acme).await;
    page.shows(&["<h1 class=\"break\">Acme</h1>", "1,200", "Anvils", "Nobody yet."], &[]);
    made::<contact::CreateContact>(
        &web,
        json!({ "work_email": "bea@acme.example", "first_name": "Bea", "company_id": 1 }),
    )
    .await;
    made::<deal::CreateDeal>(&web, json!({ "name": "Twenty seats", "company_id": 1 })).await;
    made::<list::CreateList>(&web, json!({ "title": "Key accounts", "type": "companies" })).await;
    ann.get("/companies/1")
        .await
        .shows(&["href=\"/contacts/1\"", "Twenty seats", "Key accounts"], &["Nobody yet."]);
    done(&mut ann, "/companies/1", "/companies/1/notes", &[("content", "Big")]).await.shows(&["Big"], &[]);
    let page = done(&mut ann, "/companies/1", "/companies/1/lists", &[("list_id", "1")]).await;
    page.shows(&["Remove from Key accounts"], &[]);
    let page = done(
        &mut ann,
        "/companies/1/edit",
        "/companies/1/edit",
        &[("name", "Acme"), ("employee_count", ""), ("city", "Rome")],
    )
    .await;
    page.shows(&["Rome", "acme.example"], &["1,200"]);
    let bad = ann.post("/companies/1/edit", "/companies/1/edit", &[("employee_count", "many")]).await;
    assert_eq!(bad.status, StatusCode::BAD_REQUEST);
    bad.shows(&["role=\"alert\"", "value=\"many\""], &[]);
    done(&mut ann, "/companies/1", "/companies/1/delete", &[]).await.shows(&["No companies yet"], &[]);
    ann.get("/contacts/1").await.shows(&["Bea"], &[]);
}

#[tokio::test]
async fn companies_are_kept_from_readers_and_strangers() {
    let (web, mut ann) = open().await;
    made::<company::CreateCompany>(
        &web,
        json!({ "name": "Acme", "domain": "acme.example", "industry": "Anvils" }),
    )
    .await;
    made::<company::CreateCompany>(&web, json!({ "name": "Bolt", "industry": "Bolts" })).await;
    ann.get("/companies?industry=anv").await.shows(&["Acme", "1 company<"], &["Bolt<"]);
    ann.get("/companies?domain=https://www.acme.example/").await.shows(&["Acme"], &["Bolt<"]);
    let mut ray = web.sign_in("ray@example.com", Role::ReadOnly).await;
    ray.get("/companies/1").await.shows(&["Acme"], &["/edit", "Delete", "New note"]);
    assert_eq!(
        ray.post("/companies", "/companies/1/edit", &[("city", "Rome")]).await.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(ray.post("/companies", "/companies/1/delete", &[]).await.status, StatusCode::FORBIDDEN);
    let paths = ["/companies/1", "/companies/1/edit"].map(str::to_owned);
    is_not_there(&web, &paths, &["delete", "notes"].map(|verb| format!("/companies/1/{verb}"))).await;
}

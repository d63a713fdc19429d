//! Contacts, as people work with them.

use super::{done, is_not_there, made, open};
use axum::http::StatusCode;
use g8_deals::{deal, task};
use g8_domain::record::Role;
use g8_records::{contact, list, note, suppression};
use serde_json::json;

#[tokio::test]
async fn a_contact_is_added_seen_changed_and_deleted() {
    let (_web, mut ann) = open().await;
    ann.get("/contacts")
        .await
        .shows(&["No contacts yet", "curl -X POST", "href=\"/contacts/new\""], &["<table"]);
    let refused = ann
        .post("/contacts/new", "/contacts/new", &[("first_name", "Bea"), ("work_email", "nonsense")])
        .await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    refused.shows(&["role=\"alert\"", "value=\"Bea\"", "value=\"nonsense\""], &[]);
    let bea = [
        ("first_name", "Bea"),
        ("last_name", "Lee"),
        ("work_email", "bea@acme.example"),
        ("company_name", "Acme"),
        ("job_title", "CTO"),
        ("personal_emails", "b@home.example, bea@home.example"),
    ];
    let page = done(&mut ann, "/contacts/new", "/contacts/new", &bea).await;
    page.shows(
        &[
            "<h1 class=\"break\">Bea Lee</h1>",
            "bea@acme.example",
            "b@home.example, bea@home.example",
            "href=\"/companies/1\"",
            "Contact created by ann",
        ],
        &[],
    );
    ann.get("/contacts").await.shows(&["1 contact<", "href=\"/contacts/1\"", "CTO"], &["No contacts yet"]);
    // One who changes a title leaves everything else alone, and an emptied field is cleared.
    let edit = ann.get("/contacts/1/edit").await;
    edit.shows(&["value=\"Bea\"", "value=\"Acme\""], &[]);
    let changed = [
        ("first_name", "Bea"),
        ("job_title", ""),
        ("company_name", "Acme"),
        ("was_company_name", "Acme"),
        ("city", "Rome"),
    ];
    let page = done(&mut ann, "/contacts/1/edit", "/contacts/1/edit", &changed).await;
    page.shows(&["Rome", "href=\"/companies/1\"", "bea@acme.example", "Lee"], &["CTO"]);
    let gone = done(&mut ann, "/contacts/1", "/contacts/1/delete", &[]).await;
    gone.shows(&["No contacts yet"], &["bea@acme.example"]);
    assert_eq!(ann.get("/contacts/1").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn contacts_are_found_and_paged() {
    let (web, mut ann) = open().await;
    for at in 0..60 {
        let args = json!({ "work_email": format!("p{at}@x.example"), "first_name": format!("Person{at}"), "company_name": "Acme" });
        made::<contact::CreateContact>(&web, args).await;
    }
    let first = ann.get("/contacts?company_name=acm").await;
    first.shows(&["60 contacts", "rel=\"next\"", "Person59"], &["Person9<", "rel=\"first\""]);
    let next = first.between("<a href=\"/contacts?", "\" rel=\"next\"").replace("&amp;", "&");
    assert!(next.contains("company_name=acm"));
    ann.get(&format!("/contacts?{next}"))
        .await
        .shows(&["Person9<", "rel=\"first\""], &["Person59", "rel=\"next\""]);
    ann.get("/contacts?name=person59").await.shows(&["Person59", "1 contact<"], &["Person58"]);
    ann.get("/contacts?email=p3@x.example").await.shows(&["Person3"], &["Person31"]);
    ann.get("/contacts?city=Nowhere")
        .await
        .shows(&["Nothing found", "<details class=\"more filters\" open"], &["curl"]);
    assert_eq!(ann.get("/contacts?cursor=forged").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn everything_about_a_contact_is_on_its_page() {
    let (web, mut ann) = open().await;
    let id =
        made::<contact::CreateContact>(&web, json!({ "work_email": "bea@x.example", "first_name": "Bea" }))
            .await
            .id;
    made::<deal::CreateDeal>(&web, json!({ "name": "Twenty seats", "amount": 12500, "contact_ids": [id] }))
        .await;
    made::<task::CreateTaskOnContact>(
        &web,
        json!({ "contact_id": id, "title": "Call her", "due_date": "2099-01-31" }),
    )
    .await;
    made::<note::CreateNoteOnContact>(&web, json!({ "contact_id": id, "content": "Met at the fair" })).await;
    made::<list::CreateList>(&web, json!({ "title": "Spring fair" })).await;
    let page = ann.get("/contacts/1").await;
    page.shows(
        &[
            "Twenty seats",
            "USD 12,500",
            "Call her",
            "31 Jan 2099",
            "Met at the fair",
            "May be written to",
            "On no list.",
        ],
        &[],
    );
    let page =
        done(&mut ann, "/contacts/1", "/contacts/1/notes", &[("content", "Likes tea\nand cake")]).await;
    page.shows(&["Likes tea\nand cake", "Met at the fair"], &[]);
    let empty = ann.post("/contacts/1", "/contacts/1/notes", &[("content", " ")]).await;
    assert_eq!(empty.status, StatusCode::BAD_REQUEST);
    empty.shows(&["role=\"alert\"", "Likes tea"], &[]);
    let page = done(&mut ann, "/contacts/1", "/contacts/1/lists", &[("list_id", "1")]).await;
    page.shows(&["href=\"/lists/1\"", "aria-label=\"Remove from Spring fair\""], &["On no list."]);
    let page = done(&mut ann, "/contacts/1", "/contacts/1/lists/remove", &[("list_id", "1")]).await;
    page.shows(&["On no list."], &["href=\"/lists/1\""]);
    made::<suppression::SuppressPerson>(&web, json!({ "contact_id": id, "reason": "UNSUBSCRIBED" })).await;
    ann.get("/contacts/1").await.shows(&["Excluded"], &["May be written to"]);
}

#[tokio::test]
async fn what_people_type_is_text() {
    let (web, mut ann) = open().await;
    let evil = "<script>alert(1)</script>";
    made::<contact::CreateContact>(&web, json!({ "work_email": "bea@x.example", "first_name": evil, "company_name": evil, "about": evil, "linkedin_url": "https://linkedin.com/in/bea" })).await;
    made::<note::CreateNoteOnContact>(&web, json!({ "contact_id": 1, "content": evil })).await;
    made::<list::CreateList>(&web, json!({ "title": evil })).await;
    for path in [
        "/contacts",
        "/contacts/1",
        "/contacts/1/edit",
        "/companies",
        "/companies/1",
        "/lists",
        "/lists/1",
        "/contacts?name=%3Cscript%3Ealert(1)%3C/script%3E",
    ] {
        ann.get(path).await.shows(&["&lt;script&gt;alert(1)&lt;/script&gt;"], &[evil]);
    }
}

#[tokio::test]
async fn a_reader_looks_and_changes_nothing() {
    let (web, _) = open().await;
    made::<contact::CreateContact>(&web, json!({ "work_email": "bea@x.example", "first_name": "Bea" })).await;
    made::<list::CreateList>(&web, json!({ "title": "Fair" })).await;
    let mut ray = web.sign_in("ray@example.com", Role::ReadOnly).await;
    ray.get("/contacts").await.shows(&["Bea"], &["/contacts/new", "/imports/new"]);
    ray.get("/contacts/1")
        .await
        .shows(&["Bea"], &["/edit", "Delete", "New note", "List to put it on", "New task", "New deal"]);
    assert_eq!(ray.get("/contacts/new").await.status, StatusCode::FORBIDDEN);
    assert_eq!(ray.get("/contacts/1/edit").await.status, StatusCode::FORBIDDEN);
    for (action, fields) in [
        ("/contacts/new", [("work_email", "c@x.example")]),
        ("/contacts/1/edit", [("city", "Rome")]),
        ("/contacts/1/delete", [("x", "")]),
        ("/contacts/1/notes", [("content", "x")]),
        ("/contacts/1/lists", [("list_id", "1")]),
    ] {
        assert_eq!(ray.post("/contacts", action, &fields).await.status, StatusCode::FORBIDDEN, "{action}");
    }
}

#[tokio::test]
async fn forms_without_their_token_and_strangers_are_refused() {
    let (web, mut ann) = open().await;
    made::<contact::CreateContact>(&web, json!({ "work_email": "bea@x.example" })).await;
    made::<list::CreateList>(&web, json!({ "title": "Fair" })).await;
    for token in ["", "0123456789abcdef0123456789abcdef"] {
        let sent = ann.submit("/contacts/1/delete", &[("csrf", token)]).await;
        assert_eq!(sent.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(ann.get("/contacts/1").await.status, StatusCode::OK);
    let paths = ["/contacts/1", "/contacts/1/edit"].map(str::to_owned);
    let actions = ["delete", "notes", "lists"].map(|verb| format!("/contacts/1/{verb}"));
    is_not_there(&web, &paths, &actions).await;
}

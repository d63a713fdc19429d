//! Deals, as people work with them.

use super::{Web, done, is_not_there, made, open};
use axum::http::StatusCode;
use g8_deals::{deal, pipeline};
use g8_domain::record::Role;
use g8_records::{company, contact};
use serde_json::json;

async fn stages(web: &Web) -> Vec<(String, String)> {
    let pipelines = made::<pipeline::ListDealPipelines>(web, json!({})).await;
    pipelines[0].stages.iter().map(|stage| (stage.id.to_string(), stage.name.clone())).collect()
}

#[tokio::test]
async fn a_deal_goes_over_the_board() {
    let (web, mut ann) = open().await;
    made::<company::CreateCompany>(&web, json!({ "name": "Acme", "domain": "acme.example" })).await;
    let stages = stages(&web).await;
    ann.get("/deals").await.shows(&["No deals yet", &stages[0].1], &[]);
    let unknown = ann.post("/deals/new", "/deals/new", &[("name", "Seats"), ("company", "Bolt")]).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    unknown.shows(&["There is no company “Bolt” yet", "value=\"Seats\""], &[]);
    let seats =
        [("name", "Twenty seats"), ("amount", "12500.50"), ("company", "acme"), ("close_date", "2099-12-31")];
    let page = done(&mut ann, "/deals/new", "/deals/new", &seats).await;
    page.shows(
        &[
            "Twenty seats",
            "USD 12,500.50",
            "href=\"/companies/1\"",
            "31 Dec 2099",
            &format!("Began in {}", stages[0].1),
        ],
        &[],
    );
    let id = page.between("/deals/", "/edit");
    let board = ann.get("/deals").await;
    board.shows(&["Twenty seats", "USD 12,500.50", "Acme", "Stage of Twenty seats"], &["No deals yet"]);
    let board = done(
        &mut ann,
        "/deals",
        &format!("/deals/{id}/move"),
        &[("stage_id", &stages[1].0), ("back", "board")],
    )
    .await;
    board.shows(
        &["<h1>Deals</h1>", &format!("value=\"{}\" selected", stages[1].0)],
        &[&format!("value=\"{}\" selected", stages[0].0)],
    );
    let won = stages.iter().find(|(_, name)| name.to_lowercase().contains("won")).unwrap();
    let page = done(&mut ann, "/deals", &format!("/deals/{id}/move"), &[("stage_id", &won.0)]).await;
    page.shows(&["Won: ", &format!("{} → {}", stages[1].1, won.1)], &[]);
    let lost = ann
        .post("/deals", &format!("/deals/{id}/move"), &[("stage_id", "00000000-0000-7000-8000-000000000000")])
        .await;
    assert_eq!(lost.status, StatusCode::NOT_FOUND);
    lost.shows(&["role=\"alert\"", "Twenty seats"], &[]);
    ann.part("/deals").await.shows(&["id=\"board\"", "Twenty seats"], &["<html", "<h1>"]);
}

#[tokio::test]
async fn a_deal_has_people_notes_and_an_end() {
    let (web, mut ann) = open().await;
    made::<contact::CreateContact>(&web, json!({ "work_email": "bea@x.example", "first_name": "Bea" })).await;
    let page =
        done(&mut ann, "/deals/new?contact_id=1", "/deals/new", &[("name", "Seats"), ("contact_ids", "1")])
            .await;
    page.shows(&["href=\"/contacts/1\""], &[]);
    let path = format!("/deals/{}", page.between("/deals/", "/edit"));
    let page = done(
        &mut ann,
        &path,
        &format!("{path}/contacts/role"),
        &[("contact_id", "1"), ("role", "decision_maker")],
    )
    .await;
    page.shows(&["value=\"decision_maker\" selected", "Decision maker"], &[]);
    let page = done(&mut ann, &path, &format!("{path}/contacts/remove"), &[("contact_id", "1")]).await;
    page.shows(&["Nobody yet."], &["href=\"/contacts/1\""]);
    let unknown = ann.post(&path, &format!("{path}/contacts"), &[("email", "c@x.example")]).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    done(&mut ann, &path, &format!("{path}/contacts"), &[("email", "bea@x.example")])
        .await
        .shows(&["href=\"/contacts/1\""], &[]);
    done(&mut ann, &path, &format!("{path}/notes"), &[("content", "<b>Soon</b>")])
        .await
        .shows(&["&lt;b&gt;Soon"], &["<b>Soon"]);
    let edited =
        [("name", "Thirty seats"), ("amount", "7"), ("currency", "eur"), ("owner_id", "ann@example.com")];
    let page = done(&mut ann, &format!("{path}/edit"), &format!("{path}/edit"), &edited).await;
    page.shows(&["Thirty seats", "EUR 7", "<dd>ann</dd>"], &[]);
    let bad = ann
        .post(&format!("{path}/edit"), &format!("{path}/edit"), &[("name", "x"), ("amount", "a lot")])
        .await;
    assert_eq!(bad.status, StatusCode::BAD_REQUEST);
    bad.shows(&["value=\"a lot\""], &[]);
    ann.get("/deals/list?search=thirty").await.shows(&["Thirty seats", "1 deal<"], &[]);
    ann.get("/deals/list?status=won").await.shows(&["Nothing found"], &["Thirty seats"]);
    done(&mut ann, &path, &format!("{path}/delete"), &[]).await.shows(&["No deals yet"], &[]);
}

#[tokio::test]
async fn a_stage_shows_its_first_cards_and_a_way_to_the_others() {
    let (web, mut ann) = open().await;
    for at in 0..25 {
        made::<deal::CreateDeal>(&web, json!({ "name": format!("Deal {at}"), "amount": 100 })).await;
    }
    let board = ann.get("/deals").await;
    board.shows(&["All 25 in", "USD 2,500", "Deal 24<"], &["Deal 0<"]);
    let rest = board.between("href=\"/deals/list?", "\"");
    ann.get(&format!("/deals/list?{rest}")).await.shows(&["Deal 0<", "25 deals"], &[]);
}

#[tokio::test]
async fn deals_are_kept_from_readers_and_strangers() {
    let (web, _) = open().await;
    let id = made::<deal::CreateDeal>(&web, json!({ "name": "Seats" })).await.id;
    let mut ray = web.sign_in("ray@example.com", Role::ReadOnly).await;
    ray.get("/deals").await.shows(&["Seats"], &["Stage of", "New deal"]);
    ray.get(&format!("/deals/{id}"))
        .await
        .shows(&["Seats"], &["/edit", "Delete", "New note", "Add a contact"]);
    assert_eq!(ray.get("/deals/new").await.status, StatusCode::FORBIDDEN);
    let stage = stages(&web).await[1].0.clone();
    let moved = ray.post("/deals", &format!("/deals/{id}/move"), &[("stage_id", &stage)]).await;
    assert_eq!(moved.status, StatusCode::FORBIDDEN);
    moved.shows(&["role=\"alert\"", "Seats"], &[]);
    is_not_there(
        &web,
        &[format!("/deals/{id}"), format!("/deals/{id}/edit")],
        &["delete", "notes"].map(|verb| format!("/deals/{id}/{verb}")),
    )
    .await;
}

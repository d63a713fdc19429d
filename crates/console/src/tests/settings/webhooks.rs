//! Webhooks: added, tried, paused, resent; for those who may.

use super::super::client::{Browser, Web};
use axum::http::StatusCode;
use g8_domain::record::Role;
use g8_signals::webhook;
use serde_json::json;
use std::sync::Arc;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    sync::Mutex,
};

/// A receiver that gives the next of these answers, or the last one again.
pub async fn receiver(answers: &[&'static str]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let answers = Arc::new(Mutex::new(answers.to_vec()));
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut answers = answers.lock().await;
            let answer = if answers.len() > 1 { answers.remove(0) } else { answers[0] };
            let mut bytes = [0; 8192];
            let _ = stream.read(&mut bytes).await;
            let body = "<b>well</b>";
            let text = format!(
                "HTTP/1.1 {answer}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                body.len()
            );
            let _ = stream.write_all(text.as_bytes()).await;
        }
    });
    url
}

const FORM: &str = "/settings/webhooks/new";

async fn add(browser: &mut Browser, url: &str, name: &str) -> String {
    let fields = [("url", url), ("name", name), ("events", "contact.created"), ("events", "deal.won")];
    let made = browser.post(FORM, FORM, &fields).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.text);
    made.shows(&["whsec_", "standardwebhooks"], &[]);
    format!("/settings/webhooks/{}", made.between("href=\"/settings/webhooks/", "\""))
}

#[tokio::test]
async fn a_webhook_is_added_and_its_secret_shown_once() {
    let web = Web::new().await;
    let mut admin = web.sign_in("ann@example.com", Role::Admin).await;
    admin.get("/settings/webhooks").await.shows(&["No webhooks yet", "curl -X POST"], &[]);
    admin.get(FORM).await.shows(&["contact.created", "All events"], &[]);
    let path = add(&mut admin, &receiver(&["200 OK"]).await, "<b>CRM</b>").await;
    let page = admin.get(&path).await;
    page.shows(&["&lt;b&gt;CRM&lt;/b&gt;", "deal.won", "Active"], &["<b>CRM</b>"]);
    assert_eq!(page.text.matches("whsec_").count(), 1, "only its first characters");
    admin.get("/settings/webhooks").await.shows(&["&lt;b&gt;CRM", "contact.created"], &[]);
}

#[tokio::test]
async fn a_wrong_form_comes_back_as_it_was_typed() {
    let web = Web::new().await;
    let mut admin = web.sign_in("ann@example.com", Role::Admin).await;
    let fields = [("url", "https://example.com/x"), ("name", "Mine")];
    let again = admin.post(FORM, FORM, &fields).await;
    assert_eq!(again.status, StatusCode::BAD_REQUEST);
    again.shows(&["`events` must be chosen", "https://example.com/x", "value=\"Mine\""], &[]);
    let fields = [("url", "https://10.0.0.1/x"), ("events", "deal.won")];
    let again = admin.post(FORM, FORM, &fields).await;
    assert_eq!(again.status, StatusCode::BAD_REQUEST);
    again.shows(&["`url`", "https://10.0.0.1/x"], &[]);
    assert!(again.has("value=\"deal.won\" checked"));
}

#[tokio::test]
async fn what_is_edited_is_changed_and_no_more() {
    let web = Web::new().await;
    let mut admin = web.sign_in("ann@example.com", Role::Admin).await;
    let url = receiver(&["200 OK"]).await;
    let path = add(&mut admin, &url, "CRM").await;
    let edit = format!("{path}/edit");
    assert!(admin.get(&edit).await.has("value=\"deal.won\" checked"));
    let fields = [("url", url.as_str()), ("name", "Store"), ("description", "For us"), ("events", "*")];
    let saved = admin.post(&edit, &edit, &fields).await;
    assert_eq!((saved.status, saved.location.as_str()), (StatusCode::SEE_OTHER, path.as_str()));
    admin.get(&path).await.shows(&["Store", "For us", "All events"], &["deal.won"]);
    let none = admin.post(&edit, &edit, &[("url", &url), ("name", "Store")]).await;
    assert_eq!(none.status, StatusCode::BAD_REQUEST, "no event is an answer, and a wrong one");
}

#[tokio::test]
async fn attempts_are_seen_with_their_answers_and_sent_again() {
    let web = Web::new().await;
    let mut admin = web.sign_in("ann@example.com", Role::Admin).await;
    let path = add(&mut admin, &receiver(&["500 No", "200 OK"]).await, "CRM").await;
    admin.get(&path).await.shows(&["Nothing was sent yet"], &["hx-get"]);
    web.kit.call::<g8_records::contact::CreateContact>(json!({ "work_email": "a@x.com" })).await.unwrap();
    web.kit.run_pending_jobs().await;
    let page = admin.get(&path).await;
    page.shows(&["contact.created", "Will be tried again", "Status 500", "hx-get"], &[]);
    let part = admin.part(&path).await;
    part.shows(&["Status 500"], &["<html"]);
    let delivery = format!("{path}/deliveries/{}", page.between("/deliveries/", "\""));
    admin
        .get(&delivery)
        .await
        .shows(&["&lt;b&gt;well", "work_email", "webhook-signature", "Not taken"], &["<b>well"]);
    let again = admin.post(&delivery, &format!("{delivery}/resend"), &[]).await;
    assert_eq!(again.location, path);
    web.kit.run_pending_jobs().await;
    admin.get(&delivery).await.shows(&["Delivered", "Try 2", "Status 200"], &[]);
    let failed = admin.get(&format!("{path}?status=failed")).await;
    failed.shows(&["None that stand so"], &["contact.created</a>"]);
}

#[tokio::test]
async fn a_test_says_at_once_what_came_of_it() {
    let web = Web::new().await;
    let mut admin = web.sign_in("ann@example.com", Role::Admin).await;
    let path = add(&mut admin, &receiver(&["200 OK", "418 Tea"]).await, "CRM").await;
    let test = format!("{path}/test");
    admin.post(&path, &test, &[]).await.shows(&["The test arrived: the receiver answered 200"], &[]);
    admin.post(&path, &test, &[]).await.shows(&["The test did not arrive", "418"], &[]);
}

#[tokio::test]
async fn a_paused_one_says_why_and_is_resumed() {
    let web = Web::new().await;
    let mut admin = web.sign_in("ann@example.com", Role::Admin).await;
    let path = add(&mut admin, &receiver(&["410 Gone", "200 OK"]).await, "CRM").await;
    web.kit.call::<g8_records::contact::CreateContact>(json!({ "work_email": "a@x.com" })).await.unwrap();
    web.kit.run_pending_jobs().await;
    let page = admin.get(&path).await;
    page.shows(&["gone for good (410)", "Resume", "Failed"], &["Resend all missing"]);
    let delivery = format!("{path}/deliveries/{}", page.between("/deliveries/", "\""));
    let refused = admin.post(&path, &format!("{delivery}/resend"), &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows(&["The webhook is paused"], &[]);
    admin.post(&path, &format!("{path}/resume"), &[]).await;
    admin.get(&path).await.shows(&["Active", "Pause"], &["gone for good"]);
    admin.post(&path, &format!("{path}/resend-missing"), &[("hours", "24")]).await;
    web.kit.run_pending_jobs().await;
    admin.get(&path).await.shows(&["Delivered"], &["Failed</span>"]);
}

#[tokio::test]
async fn a_rotated_secret_is_another_one_and_a_deleted_webhook_is_gone() {
    let web = Web::new().await;
    let mut admin = web.sign_in("ann@example.com", Role::Admin).await;
    let path = add(&mut admin, &receiver(&["200 OK"]).await, "CRM").await;
    let new = admin.post(&path, &format!("{path}/rotate"), &[]).await;
    new.shows(&["whsec_", "For a day, the one before signs as well"], &[]);
    let gone = admin.post(&path, &format!("{path}/delete"), &[]).await;
    assert_eq!(gone.location, "/settings/webhooks");
    assert_eq!(admin.get(&path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn readers_strangers_and_forgers_change_nothing() {
    let web = Web::new().await;
    let mut admin = web.sign_in("ann@example.com", Role::Admin).await;
    let path = add(&mut admin, &receiver(&["200 OK"]).await, "CRM").await;
    let mut reader = web.sign_in("bob@example.com", Role::ReadOnly).await;
    let mut stranger = web.stranger().await;
    let shown = reader.get(&path).await;
    shown.shows(&["CRM"], &["Send a test", "Delete webhook", "Edit"]);
    reader.get("/settings/webhooks").await.shows(&["CRM"], &["Add webhook"]);
    assert_eq!(reader.get(FORM).await.status, StatusCode::FORBIDDEN);
    let none = stranger.get(&path).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
    none.shows(&["Not Found", "Request <code class=\"break\">req_"], &["CRM"]);
    for action in ["test", "resume", "pause", "rotate", "resend-missing", "delete", "edit"] {
        let action = format!("{path}/{action}");
        assert_eq!(reader.post(&path, &action, &[]).await.status, StatusCode::FORBIDDEN, "{action}");
        let form = [("url", "https://example.com/"), ("events", "*")];
        let foreign = stranger.post("/settings/webhooks", &action, &form).await;
        assert_eq!(foreign.status, StatusCode::NOT_FOUND, "{action}");
        assert_eq!(admin.submit(&action, &[]).await.status, StatusCode::FORBIDDEN, "no token: {action}");
        let wrong = admin.submit(&action, &[("csrf", "0123456789abcdef0123456789abcdef")]).await;
        assert_eq!(wrong.status, StatusCode::FORBIDDEN, "a wrong token: {action}");
    }
    let all = web.kit.call::<webhook::ListWebhooks>(json!({})).await.unwrap();
    assert!(all.data.len() == 1 && all.data[0].is_active);
}

//! Imports and exports, as people work with them.

use super::{super::client::near, Web, done, made, open};
use axum::{
    body::{Body, Bytes, to_bytes},
    http::{Request, StatusCode},
};
use futures_util::{StreamExt, stream};
use g8_domain::record::Role;
use g8_records::contact;
use serde_json::json;
use std::{
    convert::Infallible,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};
use tower::ServiceExt;

const HEAD: &str = "--edge\r\nContent-Disposition: form-data; name=";

/// A form with a file, as browsers write it.
fn form(fields: &[(&str, &str)], file: Option<(&str, &str)>) -> String {
    let fields =
        fields.iter().map(|(name, value)| format!("{HEAD}\"{name}\"\r\n\r\n{value}\r\n")).collect::<String>();
    let file = file.map(|(name, text)| {
        format!("{HEAD}\"file\"; filename=\"{name}\"\r\nContent-Type: text/csv\r\n\r\n{text}\r\n")
    });
    format!("{fields}{}--edge--\r\n", file.unwrap_or_default())
}

/// Recipient's cookie and token, for requests that no form makes.
async fn let_in(web: &Web, role: Role) -> (String, String) {
    web.sign_in("ida@example.com", role).await;
    let form = "email=ida%40example.com&password=correct+horse&next=";
    let kind = "application/x-www-form-urlencoded";
    let request = Request::post("/sign-in").header("content-type", kind).body(Body::from(form)).unwrap();
    let response = web.site.clone().oneshot(near(request)).await.unwrap();
    let cookie = response.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let request = Request::get("/contacts").header("cookie", &cookie).body(Body::empty()).unwrap();
    let page = web.site.clone().oneshot(near(request)).await.unwrap();
    let text = String::from_utf8(to_bytes(page.into_body(), usize::MAX).await.unwrap().to_vec()).unwrap();
    let token = text.split_once("name=\"csrf\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
    (cookie, token)
}

async fn send(web: &Web, cookie: &str, body: Body) -> (StatusCode, String, String) {
    let kind = "multipart/form-data; boundary=edge";
    let request = Request::post("/imports/upload").header("cookie", cookie).header("content-type", kind);
    let response = web.site.clone().oneshot(near(request.body(body).unwrap())).await.unwrap();
    let to = response.headers().get("location").map(|to| to.to_str().unwrap().to_owned()).unwrap_or_default();
    let (status, body) = (response.status(), to_bytes(response.into_body(), usize::MAX).await.unwrap());
    (status, to, String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn a_file_becomes_contacts_before_ones_eyes() {
    let (web, mut ann) = open().await;
    let (cookie, token) = let_in(&web, Role::Member).await;
    ann.get("/imports").await.shows(&["No imports yet", "href=\"/imports/new\""], &[]);
    ann.get("/imports/new").await.shows(&["enctype=\"multipart/form-data\"", "type=\"file\""], &[]);
    let file = "Email,First Name,Company\nbea@x.example,<b>Bea</b>,Acme\nnonsense,Cy,Acme\n";
    let fields = [("csrf", token.as_str()), ("subject", "contacts"), ("list_title", "Fair")];
    let (status, to, text) = send(&web, &cookie, form(&fields, Some(("people.csv", file))).into()).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{text}");
    let waiting = ann.get(&to).await;
    waiting.shows(&["people.csv", "Queued", "hx-trigger=\"every 1s\"", "Look again", "Stop the import"], &[]);
    ann.part(&to).await.shows(&["id=\"progress\"", "0 % read"], &["<html"]);
    web.kit.run_pending_jobs().await;
    let over = ann.part(&to).await;
    over.shows(&["100 % read", "Completed", "hx-swap-oob"], &["hx-trigger", "Stop the import"]);
    let page = ann.get(&to).await;
    page.shows(
        &[
            "Work email",
            "First name",
            "Refused rows",
            "faults.csv",
            "<dt>Created</dt><dd>1</dd>",
            "<dt>Refused</dt><dd>1</dd>",
        ],
        &["every 1s"],
    );
    let faults = ann.get(&format!("{to}/faults.csv")).await;
    assert!(faults.text.starts_with("line,column,reason\r\n3,"), "{}", faults.text);
    ann.get("/contacts").await.shows(&["&lt;b&gt;Bea"], &["<b>Bea"]);
    ann.get("/lists").await.shows(&["Fair"], &[]);
    ann.get("/imports").await.shows(&["people.csv", "Completed"], &[]);
    let late = ann.post(&to.clone(), &format!("{to}/cancel"), &[]).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    late.shows(&["role=\"alert\"", "people.csv"], &[]);
}

#[tokio::test]
async fn a_trial_changes_nothing_and_an_import_can_be_stopped() {
    let (web, mut ann) = open().await;
    let (cookie, token) = let_in(&web, Role::Member).await;
    let file = Some(("firms.csv", "Name,Domain\nAcme,acme.example\n"));
    let fields = [("csrf", token.as_str()), ("subject", "companies"), ("dry_run", "true")];
    let (_, to, _) = send(&web, &cookie, form(&fields, file).into()).await;
    web.kit.run_pending_jobs().await;
    ann.get(&to).await.shows(&["Trial", "nothing was changed", "<dt>Created</dt><dd>1</dd>"], &[]);
    ann.get("/companies").await.shows(&["No companies yet"], &[]);
    let (_, to, _) = send(&web, &cookie, form(&fields, file).into()).await;
    done(&mut ann, &to, &format!("{to}/cancel"), &[]).await.shows(&["Cancelled"], &["every 1s"]);
}

#[tokio::test]
async fn what_is_wrong_with_a_form_is_said_above_it() {
    let (web, mut ann) = open().await;
    let (cookie, token) = let_in(&web, Role::Member).await;
    let csrf = ("csrf", token.as_str());
    for (fields, file, told) in [
        (vec![csrf, ("list_title", "Fair")], Some(("", "")), "must be chosen"),
        (vec![csrf, ("list_title", "Fair")], None, "must be chosen"),
        (vec![csrf, ("list_title", "Fair")], Some(("empty.csv", "")), "The file is empty"),
        (vec![csrf, ("list_title", "Fair"), ("subject", "shoes")], Some(("a.csv", "a\n1\n")), "`subject`"),
    ] {
        let (status, _, text) = send(&web, &cookie, form(&fields, file).into()).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{told}: {text}");
        assert!(
            text.contains(told) && text.contains("role=\"alert\"") && text.contains("value=\"Fair\""),
            "{text}"
        );
    }
    // What never got its file does not wait for it.
    ann.get("/imports").await.shows(&["Cancelled"], &["Waiting"]);
    let (status, ..) = send(&web, &cookie, "no form at all".into()).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_file_is_not_read_before_its_form_is_ours() {
    let (web, _) = open().await;
    let (cookie, _) = let_in(&web, Role::Member).await;
    let read = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&read);
    let head = form(&[("csrf", "forged")], Some(("big.csv", "email")));
    let head = head.trim_end_matches("\r\n--edge--\r\n").to_owned();
    let endless = stream::repeat_with(move || {
        counted.fetch_add(1, Ordering::Relaxed);
        Ok::<_, Infallible>(Bytes::from_static(&[b'a'; 1024]))
    });
    let body = stream::iter([Ok(Bytes::from(head))]).chain(endless);
    let (status, ..) = send(&web, &cookie, Body::from_stream(body)).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(read.load(Ordering::Relaxed) < 8, "{read:?} pieces were read");
}

#[tokio::test]
async fn a_large_file_comes_in_in_pieces() {
    let (web, mut ann) = open().await;
    let (cookie, token) = let_in(&web, Role::Member).await;
    let start = form(&[("csrf", &token)], Some(("big.csv", "Email,First Name")));
    let start = start.trim_end_matches("--edge--\r\n").trim_end().to_owned() + "\n";
    // Every row is the same: what matters is how much there is of it.
    let rows = (0..512).map(|_| Ok::<_, Infallible>(Bytes::from("a@x.example,Ann\n".repeat(1024))));
    let end = stream::iter([Ok(Bytes::from("\r\n--edge--\r\n"))]);
    let body = stream::iter([Ok(Bytes::from(start))]).chain(stream::iter(rows)).chain(end);
    let (status, to, text) = send(&web, &cookie, Body::from_stream(body)).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{text}");
    ann.get(&to).await.shows(&["big.csv", "Queued"], &[]);
}

#[tokio::test]
async fn an_endless_head_is_refused() {
    let (web, _) = open().await;
    let (cookie, token) = let_in(&web, Role::Member).await;
    let long = "x".repeat(100 * 1024);
    let fields = [("csrf", token.as_str()), ("list_title", long.as_str())];
    let (status, ..) = send(&web, &cookie, form(&fields, Some(("a.csv", "x"))).into()).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    let endless = stream::repeat_with(|| Ok::<_, Infallible>(Bytes::from_static(&[b'a'; 65536])));
    let (status, ..) = send(&web, &cookie, Body::from_stream(endless)).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn readers_and_strangers_do_not_import() {
    let (web, _) = open().await;
    made::<contact::CreateContact>(&web, json!({ "work_email": "bea@x.example" })).await;
    let (cookie, token) = let_in(&web, Role::ReadOnly).await;
    let mut ray = web.sign_in("ray@example.com", Role::ReadOnly).await;
    ray.get("/imports").await.shows(&["No imports yet"], &["/imports/new"]);
    assert_eq!(ray.get("/imports/new").await.status, StatusCode::FORBIDDEN);
    let sent = form(&[("csrf", &token)], Some(("a.csv", "Email\na@x.example\n")));
    assert_eq!(send(&web, &cookie, sent.into()).await.0, StatusCode::FORBIDDEN);
    let import = made::<g8_records::import::CreateImport>(&web, json!({})).await.id;
    let paths = [format!("/imports/{import}"), format!("/imports/{import}/faults.csv")];
    super::is_not_there(&web, &paths, &[format!("/imports/{import}/cancel")]).await;
}

#[tokio::test]
async fn what_a_search_shows_is_exported() {
    let (web, mut ann) = open().await;
    for (email, country) in [("bea@x.example", "Italy"), ("cy@x.example", "France")] {
        made::<contact::CreateContact>(
            &web,
            json!({ "work_email": email, "country": country, "first_name": "=1+1" }),
        )
        .await;
    }
    let found = ann.get("/contacts?country=Italy").await;
    found.shows(&["Export CSV", "name=\"country\" value=\"Italy\""], &[]);
    let page = done(
        &mut ann,
        "/contacts?country=Italy",
        "/exports",
        &[("subject", "contacts"), ("country", "Italy")],
    )
    .await;
    page.shows(&["Export of contacts", "every 1s"], &["Download the file"]);
    let path = format!("/exports/{}", page.between("hx-get=\"/exports/", "\""));
    assert_eq!(ann.get(&format!("{path}/file")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    web.kit.run_pending_jobs().await;
    ann.part(&path).await.shows(&["Download the file", "1 rows written"], &["<html", "every 1s"]);
    let file = ann.get(&format!("{path}/file")).await;
    file.shows(&["bea@x.example"], &["cy@x.example", ",=1+1"]);
    super::is_not_there(&web, &[path.clone(), format!("{path}/file")], &[]).await;
}

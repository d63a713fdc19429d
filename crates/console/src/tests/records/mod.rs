//! Contacts, companies, lists, deals, tasks, imports and exports.

mod companies;
mod contacts;
mod deals;
mod imports;
mod lists;
mod tasks;

use super::client::{Browser, Shown, Web};
use axum::http::StatusCode;
use g8_core::Operation;
use g8_domain::record::Role;
use serde_json::Value;

/// A site, and a member of it in front of a browser.
async fn open() -> (Web, Browser) {
    let web = Web::new().await;
    let ann = web.sign_in("ann@example.com", Role::Member).await;
    (web, ann)
}

/// What is there before somebody looks.
async fn made<O: Operation>(web: &Web, args: Value) -> O::Output {
    web.kit.call::<O>(args).await.unwrap()
}

/// Sends a form of a page, is sent on, and looks at where it was sent.
async fn done(browser: &mut Browser, page: &str, action: &str, fields: &[(&str, &str)]) -> Shown {
    let sent = browser.post(page, action, fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{action}: {}", sent.text);
    let shown = browser.get(&sent.location).await;
    assert_eq!(shown.status, StatusCode::OK, "{}: {}", sent.location, shown.text);
    shown
}

/// Nothing of another organisation is there: every one of these paths is a page that says so.
async fn is_not_there(web: &Web, paths: &[String], actions: &[String]) {
    let mut eve = web.stranger().await;
    for path in paths {
        assert_eq!(eve.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for action in actions {
        let sent =
            eve.post("/contacts/new", action, &[("content", "x"), ("list_id", "1"), ("title", "x")]).await;
        assert_eq!(sent.status, StatusCode::NOT_FOUND, "{action}: {}", sent.text);
        sent.shows(&["<h1>"], &[]);
    }
}

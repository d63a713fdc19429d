//! Tasks, as people work with them.

use super::{done, is_not_there, made, open};
use axum::http::StatusCode;
use g8_deals::task;
use g8_domain::record::Role;
use g8_records::contact;
use serde_json::json;

#[tokio::test]
async fn a_task_is_made_about_somebody_done_and_reopened() {
    let (web, mut ann) = open().await;
    made::<contact::CreateContact>(&web, json!({ "work_email": "bea@x.example", "first_name": "Bea" })).await;
    ann.get("/tasks?whose=all&status=any").await.shows(&["No tasks yet"], &[]);
    let form = ann.get("/tasks/new?entity_type=contact&entity_id=1").await;
    form.shows(&["About the contact you came from."], &[]);
    let chosen = form.text.split("\" selected>ann").next().unwrap();
    let user = chosen.rsplit("option value=\"").next().unwrap().to_owned();
    let call = [
        ("title", "Call her"),
        ("entity_type", "contact"),
        ("entity_id", "1"),
        ("assignee_id", user.as_str()),
        ("due_date", "2020-01-31"),
        ("priority", "1"),
    ];
    let page = done(&mut ann, "/tasks/new", "/tasks/new", &call).await;
    page.shows(&["Call her", "href=\"/contacts/1\"", "31 Jan 2020", "overdue", "Urgent"], &[]);
    let id = page.between("action=\"/tasks/", "/");
    ann.get("/tasks").await.shows(&["Call her", "Bea", "aria-label=\"Complete Call her\""], &[]);
    ann.get("/tasks?due=overdue").await.shows(&["Call her"], &[]);
    let page = done(&mut ann, "/tasks", &format!("/tasks/{id}/complete"), &[("back", "list")]).await;
    page.shows(&["Nothing to do here"], &["Call her"]);
    ann.get("/tasks?status=completed").await.shows(&["Call her", "Completed"], &["overdue<"]);
    let twice = ann.post("/tasks", &format!("/tasks/{id}/complete"), &[]).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    done(&mut ann, "/tasks", &format!("/tasks/{id}/reopen"), &[]).await.shows(&["Open"], &[]);
    let page = done(
        &mut ann,
        "/tasks",
        &format!("/tasks/{id}"),
        &[("title", "Write to her"), ("due_date", ""), ("assignee_id", "")],
    )
    .await;
    page.shows(&["Write to her"], &["31 Jan 2020"]);
    ann.get("/tasks").await.shows(&[], &["Write to her"]);
    ann.get("/tasks?whose=all").await.shows(&["Write to her"], &[]);
    done(&mut ann, "/tasks", &format!("/tasks/{id}/skip"), &[]).await.shows(&["Skipped"], &[]);
    done(&mut ann, &format!("/tasks/{id}"), &format!("/tasks/{id}/delete"), &[]).await;
    assert_eq!(ann.get(&format!("/tasks/{id}")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn tasks_are_kept_from_readers_and_strangers() {
    let (web, _) = open().await;
    let id = made::<task::CreateTask>(&web, json!({ "title": "<i>Call</i>" })).await.id;
    let mut ray = web.sign_in("ray@example.com", Role::ReadOnly).await;
    ray.get("/tasks?whose=all")
        .await
        .shows(&["&lt;i&gt;Call"], &["<i>Call", "aria-label=\"Complete", "New task"]);
    ray.get(&format!("/tasks/{id}")).await.shows(&["&lt;i&gt;Call"], &["Save", "Delete"]);
    assert_eq!(ray.get("/tasks/new").await.status, StatusCode::FORBIDDEN);
    let sent = ray.post("/tasks", &format!("/tasks/{id}/complete"), &[]).await;
    assert_eq!(sent.status, StatusCode::FORBIDDEN);
    is_not_there(
        &web,
        &[format!("/tasks/{id}")],
        &["", "/complete", "/delete"].map(|verb| format!("/tasks/{id}{verb}")),
    )
    .await;
}

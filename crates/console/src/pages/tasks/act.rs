//! Completing, skipping and reopening a task.

use super::show::page;
use crate::{CurrentUser, Fields, Posted, named, pages::record::then, view};
use axum::{extract::Path, response::Response};
use g8_core::Operation;
use g8_deals::task::{CompleteTask, ReopenTask, SkipTask, TaskView};
use g8_domain::Scope;
use maud::{Markup, html};

/// What can be done to a task as it stands; `back` says where to go afterwards.
pub fn buttons(user: &CurrentUser, task: &TaskView, back: &str) -> Markup {
    let (path, sent) = (format!("/tasks/{}", task.id), [("back", back)]);
    let button =
        |verb: &str, word: &str| view::post(user, &format!("{path}/{verb}"), word, &task.title, &sent);
    html! {
        @if user.may(Scope::TASKS_WRITE) {
            @if task.status.is_over() { (button("reopen", "Reopen")) }
            @else { (button("complete", "Complete")) (button("skip", "Skip")) }
        }
    }
}

pub async fn complete(Path(id): Path<String>, posted: Posted) -> Response {
    act::<CompleteTask>(&id, &posted).await
}

pub async fn reopen(Path(id): Path<String>, posted: Posted) -> Response {
    act::<ReopenTask>(&id, &posted).await
}

pub async fn skip(Path(id): Path<String>, posted: Posted) -> Response {
    act::<SkipTask>(&id, &posted).await
}

async fn act<O: Operation>(id: &str, posted: &Posted) -> Response {
    let (user, fields) = (&posted.user, &posted.fields);
    let done = user.send::<O>(named::<O>(&[("task_id", id)])).await;
    let to = if fields.get("back") == Some("list") { "/tasks".to_owned() } else { format!("/tasks/{id}") };
    then(done, |_| to, async |fault| page(user, id, None::<&Fields>, Some(fault)).await).await
}

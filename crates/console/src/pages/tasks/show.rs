//! One task, and the form that changes it.

use super::{
    act::buttons,
    form::{form, stored},
    index::{about, due, priority, state},
};
use crate::{
    CurrentUser, Fields, PageError, Posted, named,
    pages::{deals::People, record::then},
    view,
};
use axum::{extract::Path, response::Response};
use g8_deals::task::{GetTask, TaskView, UpdateTask};
use g8_domain::Scope;
use maud::{Markup, html};

pub async fn show(Path(id): Path<String>, user: CurrentUser) -> Result<Markup, PageError> {
    page(&user, &id, None, None).await
}

/// The task's page; `typed` is what the form holds in place of what is stored.
pub async fn page(
    user: &CurrentUser,
    id: &str,
    typed: Option<&Fields>,
    fault: Option<&PageError>,
) -> Result<Markup, PageError> {
    let task = user.send::<GetTask>(named::<GetTask>(&[("task_id", id)])).await?;
    let path = format!("/tasks/{id}");
    let fields = typed.cloned().unwrap_or_else(|| stored(&task));
    let people = People::read(user).await?;
    Ok(view::page(
        user,
        &task.title,
        &html! {
            p.crumbs { a href="/tasks" { "Tasks" } }
            div.head {
                h1.break { (task.title) }
                div.row { (buttons(user, &task, "")) }
                p.sub { (state(task.status)) }
            }
            @if let Some(fault) = fault { (fault.notice()) }
            (facts(user, &task))
            @if user.may(Scope::TASKS_WRITE) {
                section { h2 { "Change it" } (form(user, (&path, "Save"), &fields, &people, &[])) }
                (view::asking(user, &format!("{path}/delete"), "Delete the task", "It goes for good, with its parts.", &html! {}))
            }
        },
    ))
}

fn facts(user: &CurrentUser, task: &TaskView) -> Markup {
    let facts = view::facts(&[
        ("About", about(&task.links)),
        ("Due", due(user, task)),
        ("Who does it", view::text_or(task.assignee_name.as_deref())),
        ("Priority", priority(task.priority)),
        ("More about it", html! { span.lines { (view::text_or(task.description.as_deref())) } }),
        ("Made by", view::text_or(task.created_by.as_deref())),
        ("Made", view::when(task.created_at)),
        ("Completed", view::when_or(task.completed_at, "–")),
    ]);
    view::section("Details", &facts)
}

pub async fn submit(Path(id): Path<String>, posted: Posted) -> Response {
    let (user, fields) = (&posted.user, &posted.fields);
    let mut args = fields.changes::<UpdateTask>();
    args.extend(named::<UpdateTask>(&[("task_id", &id)]));
    let done = user.send::<UpdateTask>(args).await;
    then(done, |_| format!("/tasks/{id}"), async |fault| page(user, &id, Some(fields), Some(fault)).await)
        .await
}

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

pub async fn show(Path(id): Path<String>, visitor: CurrentUser) -> Result<Markup, PageError> {
    page(&visitor, &id, None, None).await
}

/// The task's page; `typed` is what the form holds in place of what is stored.
pub async fn page(
    visitor: &CurrentUser,
    id: &str,
    typed: Option<&Fields>,
    fault: Option<&PageError>,
) -> Result<Markup, PageError> {
    let task = visitor.send::<GetTask>(named::<GetTask>(&[("task_id", id)])).await?;
    let path = format!("/tasks/{id}");
    let fields = typed.cloned().unwrap_or_else(|| stored(&task));
    let people = People::read(visitor).await?;
    Ok(view::page(
        visitor,
        &task.title,
        &html! {
            p.crumbs { a href="/tasks" { "Tasks" } }
            div.head {
                h1.break { (task.title) }
                div.row { (buttons(visitor, &task, "")) }
                p.sub { (state(task.status)) }
            }
            @if let Some(fault) = fault { (fault.notice()) }
            (facts(visitor, &task))
            @if visitor.may(Scope::TASKS_WRITE) {
                section { h2 { "Change it" } (form(visitor, (&path, "Save"), &fields, &people, &[])) }
                (view::asking(visitor, &format!("{path}/delete"), "Delete the task", "It goes for good, with its parts.", &html! {}))
            }
        },
    ))
}

fn facts(visitor: &CurrentUser, task: &TaskView) -> Markup {
    let facts = view::facts(&[
        ("About", about(&task.links)),
        ("Due", due(visitor, task)),
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
    let (visitor, fields) = (&posted.visitor, &posted.fields);
    let mut args = fields.changes::<UpdateTask>();
    args.extend(named::<UpdateTask>(&[("task_id", &id)]));
    let done = visitor.send::<UpdateTask>(args).await;
    then(done, |_| format!("/tasks/{id}"), async |fault| page(visitor, &id, Some(fields), Some(fault)).await)
        .await
}

//! A new task, about a record where one led here.

use super::form::form;
use crate::{
    CurrentUser, Fields, PageError, Posted, Query,
    pages::{deals::People, record::then},
    view,
};
use axum::response::Response;
use g8_deals::task::CreateTask;
use g8_domain::Scope;
use maud::{Markup, html};

/// Which record it is about.
const ABOUT: [&str; 2] = ["entity_type", "entity_id"];

pub async fn show(user: CurrentUser, Query(mut query): Query) -> Result<Markup, PageError> {
    user.caller().require(&[Scope::TASKS_WRITE])?;
    if let Some(user) = user.person() {
        query.push("assignee_id".to_owned(), user.id.to_string());
    }
    page(&user, &query, None).await
}

async fn page(user: &CurrentUser, asked: &Fields, fault: Option<&PageError>) -> Result<Markup, PageError> {
    let people = People::read(user).await?;
    Ok(view::page(
        user,
        "New task",
        &html! {
            p.crumbs { a href="/tasks" { "Tasks" } }
            div.head {
                h1 { "New task" }
                @if let Some(kind) = asked.get("entity_type") { p.sub { "About the " (kind.replace('_', " ")) " you came from." } }
            }
            @if let Some(fault) = fault { (fault.notice()) }
            (form(user, ("/tasks/new", "Add the task"), asked, &people, &ABOUT))
        },
    ))
}

pub async fn submit(posted: Posted) -> Response {
    let (user, fields) = (&posted.user, &posted.fields);
    let made = user.send::<CreateTask>(fields.args::<CreateTask>()).await;
    then(made, |task| format!("/tasks/{}", task.id), async |fault| page(user, fields, Some(fault)).await)
        .await
}

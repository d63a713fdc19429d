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

pub async fn show(visitor: CurrentUser, Query(mut query): Query) -> Result<Markup, PageError> {
    visitor.caller().require(&[Scope::TASKS_WRITE])?;
    if let Some(user) = visitor.user() {
        query.push("assignee_id".to_owned(), user.id.to_string());
    }
    page(&visitor, &query, None).await
}

async fn page(visitor: &CurrentUser, asked: &Fields, fault: Option<&PageError>) -> Result<Markup, PageError> {
    let people = People::read(visitor).await?;
    Ok(view::page(
        visitor,
        "New task",
        &html! {
            p.crumbs { a href="/tasks" { "Tasks" } }
            div.head {
                h1 { "New task" }
                @if let Some(kind) = asked.get("entity_type") { p.sub { "About the " (kind.replace('_', " ")) " you came from." } }
            }
            @if let Some(fault) = fault { (fault.notice()) }
            (form(visitor, ("/tasks/new", "Add the task"), asked, &people, &ABOUT))
        },
    ))
}

pub async fn submit(posted: Posted) -> Response {
    let (visitor, fields) = (&posted.visitor, &posted.fields);
    let made = visitor.send::<CreateTask>(fields.args::<CreateTask>()).await;
    then(made, |task| format!("/tasks/{}", task.id), async |fault| page(visitor, fields, Some(fault)).await)
        .await
}

//! What there is to do: mine unless asked otherwise, and open.

use super::act::buttons;
use crate::{CurrentUser, Fields, PageError, Query, named, view};
use g8_core::Args;
use g8_deals::task::{ListTasks, TaskLinkView, TaskView};
use g8_domain::{Page, Scope, record::TaskStatus};
use maud::{Markup, html};

const PRIORITIES: [&str; 5] = ["none", "urgent", "high", "normal", "low"];

pub async fn show(user: CurrentUser, Query(query): Query) -> Result<Markup, PageError> {
    let tasks = user.send::<ListTasks>(asked(&user, &query)).await?;
    Ok(view::page(
        &user,
        "Tasks",
        &html! {
            div.head {
                h1 { "Tasks" }
                @if user.may(Scope::TASKS_WRITE) { a.button href="/tasks/new" { "New task" } }
                p.sub { (view::count(&tasks.pagination, "task", "tasks")) }
            }
            (search(&query))
            (rows(&user, &query, &tasks))
        },
    ))
}

/// The search as the operation takes it.
fn asked(user: &CurrentUser, query: &Fields) -> Args {
    let mut args = query.args::<ListTasks>();
    let now = user.anonymous.site.app.clock.now();
    match query.get("status").unwrap_or("open") {
        "any" => drop(args.remove("status")),
        status => args.extend(named::<ListTasks>(&[("status", status)])),
    }
    if let (Some(user), "mine") = (user.person(), query.get("whose").unwrap_or("mine")) {
        args.extend(named::<ListTasks>(&[("assignee_id", &user.id.to_string())]));
    }
    if query.get("due") == Some("overdue") {
        args.extend(named::<ListTasks>(&[("due_before", &now.to_string())]));
    }
    args.insert("limit".to_owned(), 50.into());
    args
}

fn search(query: &Fields) -> Markup {
    let choice = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        pairs.iter().map(|(value, words)| ((*value).to_owned(), (*words).to_owned())).collect()
    };
    let chosen = |name: &str, otherwise: &'static str| query.get(name).unwrap_or(otherwise).to_owned();
    let statuses = choice(&[
        ("open", "Open"),
        ("in_progress", "In progress"),
        ("completed", "Completed"),
        ("skipped", "Skipped"),
        ("any", "Any"),
    ]);
    html! {
        form.search method="get" action="/tasks" role="search" aria-label="Tasks" {
            (view::text_field(view::Input { name: "search", label: "Words in it", value: &chosen("search", ""), ..Default::default() }))
            (view::select("whose", "Whose", &chosen("whose", "mine"), &choice(&[("mine", "Mine"), ("all", "Everybody's")])))
            (view::select("status", "State", &chosen("status", "open"), &statuses))
            (view::select("due", "Due", &chosen("due", "any"), &choice(&[("any", "Any time"), ("overdue", "Overdue")])))
            button.plain type="submit" { "Show" }
        }
    }
}

fn rows(user: &CurrentUser, query: &Fields, tasks: &Page<TaskView>) -> Markup {
    let all = "/tasks?whose=all&status=any";
    let is_all = query.get("whose") == Some("all") && query.get("status") == Some("any");
    let narrowed = query.get("search").is_some() || query.get("due") == Some("overdue");
    html! {
        @if !tasks.data.is_empty() {
            (table(user, &tasks.data))
            (view::pager("/tasks", query, tasks.pagination.next_cursor.as_deref()))
        } @else if is_all && !narrowed {
            (view::empty("No tasks yet", &html! { "Add the first one here, or send it:" },
                &view::curl(user, "POST", "/tasks", Some(r#"{"title": "Call Ann", "due_date": "2026-11-30"}"#))))
        } @else {
            div.card.empty {
                h2 { "Nothing to do here" }
                p.faint { "No task meets what was asked for." }
                a.button.plain href=(all) { "Everybody's tasks, in any state" }
            }
        }
    }
}

fn table(user: &CurrentUser, tasks: &[TaskView]) -> Markup {
    html! {
        div.card.sheet {
            table {
                thead {
                    tr {
                        th { "Task" } th { "About" } th { "Due" } th { "Priority" } th { "Whose" } th { "State" }
                        th { span.sr { "Actions" } }
                    }
                }
                tbody { @for task in tasks { (row(user, task)) } }
            }
        }
    }
}

fn row(user: &CurrentUser, task: &TaskView) -> Markup {
    html! {
        tr {
            td data-label="Task" { strong { a href={ "/tasks/" (task.id) } { (task.title) } } }
            td data-label="About" { div { (about(&task.links)) } }
            td data-label="Due" { div { (due(user, task)) } }
            td data-label="Priority" { (priority(task.priority)) }
            td data-label="Whose" { (view::text_or(task.assignee_name.as_deref())) }
            td data-label="State" { (state(task.status)) }
            td { div.row { (buttons(user, task, "list")) } }
        }
    }
}

/// When it is due, and whether that is past.
pub fn due(user: &CurrentUser, task: &TaskView) -> Markup {
    let now = user.anonymous.site.app.clock.now();
    let late = |due| !task.status.is_over() && due < now;
    html! {
        @match task.due_date {
            Some(at) => { (view::due(at)) @if late(at) { " " (view::tag("overdue", "warn")) } }
            None => (view::text_or(None)),
        }
    }
}

/// Where it stands, as a tag.
pub fn state(status: TaskStatus) -> Markup {
    let kind = match status {
        TaskStatus::Completed => "good",
        TaskStatus::Open | TaskStatus::InProgress | TaskStatus::Skipped => "",
    };
    view::tag(&view::word(status.word()), kind)
}

/// A priority in words.
pub fn priority(number: i64) -> Markup {
    let word = usize::try_from(number).ok().and_then(|at| PRIORITIES.get(at)).filter(|word| **word != "none");
    view::text_or(word.map(|word| view::word(word)).as_deref())
}

/// The records it is about, by name.
pub fn about(links: &[TaskLinkView]) -> Markup {
    html! {
        @if links.is_empty() { (view::text_or(None)) }
        @for (at, link) in links.iter().enumerate() {
            @if at > 0 { ", " }
            (record(link))
        }
    }
}

fn record(link: &TaskLinkView) -> Markup {
    let name = link.entity_label.clone().unwrap_or_else(|| view::word(&link.entity_type));
    let folder = match link.entity_type.as_str() {
        "contact" => "contacts",
        "company" => "companies",
        "deal" => "deals",
        _ => return html! { (name) },
    };
    html! { a href={ "/" (folder) "/" (link.entity_id) } { (name) } }
}

//! Tasks about a record.

use crate::{CurrentUser, PageError, named, view};
use g8_core::Operation;
use g8_deals::task::TaskView;
use g8_domain::{Page, Scope};
use maud::{Markup, html};

/// The tasks, for who may see them; `about` is the type of the record, as tasks name it.
pub async fn section<O>(
    user: &CurrentUser,
    about: &str,
    (field, id): (&str, &str),
) -> Result<Markup, PageError>
where
    O: Operation<Output = Page<TaskView>>,
{
    if !user.may(Scope::TASKS_READ) {
        return Ok(html! {});
    }
    let mut asked = vec![(field, id), ("limit", "50")];
    if field == "entity_id" {
        asked.push(("entity_type", about));
    }
    let tasks = user.send::<O>(named::<O>(&asked)).await?;
    let body = html! {
        @if tasks.data.is_empty() { (view::aside("No tasks yet.")) }
        @else { ul.plain { @for task in &tasks.data { li { (line(task)) } } } }
        @if user.may(Scope::TASKS_WRITE) {
            p { a.button.plain.small href={ "/tasks/new?entity_type=" (about) "&entity_id=" (id) } { "New task" } }
        }
    };
    Ok(view::section("Tasks", &body))
}

fn line(task: &TaskView) -> Markup {
    html! {
        a href={ "/tasks/" (task.id) } { (task.title) }
        div.small.faint {
            (view::word(task.status.word()))
            @if let Some(due) = task.due_date { " · due " (view::due(due)) }
            @if let Some(name) = &task.assignee_name { " · " (name) }
        }
    }
}

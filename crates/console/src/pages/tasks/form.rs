//! The fields of a task, to be typed.

use crate::{CurrentUser, Fields, pages::deals::People, view};
use g8_deals::task::TaskView;
use g8_domain::Ts;
use maud::{Markup, html};

/// What is stored of a task, for the form.
pub fn stored(task: &TaskView) -> Fields {
    Fields::of([
        ("title", Some(task.title.clone())),
        ("description", task.description.clone()),
        ("due_date", task.due_date.map(day_or_time)),
        ("assignee_id", task.assignee_id.map(|id| id.to_string())),
        ("priority", Some(task.priority.to_string())),
    ])
}

/// A day as it was typed; a time in full.
fn day_or_time(at: Ts) -> String {
    let text = at.to_string();
    match text.split_once('T') {
        Some((day, _)) if at.0.rem_euclid(Ts::DAY) == 0 => day.to_owned(),
        _ => text,
    }
}

/// The fields, in a form of the caller's; `kept` go with them unseen.
pub fn form(
    user: &CurrentUser,
    (action, button): (&str, &str),
    asked: &Fields,
    people: &People,
    kept: &[&str],
) -> Markup {
    let value = |name: &str| asked.get(name).unwrap_or_default();
    let due = value("due_date");
    let priorities = [("0", "None"), ("1", "Urgent"), ("2", "High"), ("3", "Normal"), ("4", "Low")];
    let priorities = priorities.map(|(number, word)| (number.to_owned(), word.to_owned()));
    // A time that was set by a program stays one; people choose days.
    let kind = if due.contains('T') { "text" } else { "date" };
    html! {
        form.card method="post" action=(action) {
            (view::csrf(user))
            @for name in kept { (view::hidden(name, value(name))) }
            (view::text_field(view::Input { name: "title", label: "What is to be done", value: value("title"), required: true, ..Default::default() }))
            div.grid {
                (view::text_field(view::Input { name: "due_date", label: "Due", kind, value: due, ..Default::default() }))
                (view::select("assignee_id", "Who does it", value("assignee_id"), &people.choices(value("assignee_id"))))
                (view::select("priority", "Priority", value("priority"), &priorities))
            }
            (view::text_area("description", "More about it", value("description"), ""))
            button type="submit" { (button) }
        }
    }
}

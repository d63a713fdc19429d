//! Notes on a record, and the form for another.

use super::ROWS;
use crate::{CurrentUser, PageError, named, view};
use g8_core::Operation;
use g8_domain::{Page, Scope};
use g8_records::note::NoteView;
use maud::{Markup, html};

/// The latest notes; `write` is the scope that another needs.
pub async fn section<O>(
    user: &CurrentUser,
    (field, id): (&str, &str),
    (path, write): (&str, Scope),
) -> Result<Markup, PageError>
where
    O: Operation<Output = Page<NoteView>>,
{
    let notes = user.send::<O>(named::<O>(&[(field, id), ("limit", ROWS)])).await?;
    let body = html! {
        @if user.may(write) { (form(user, path)) }
        @if notes.data.is_empty() { (view::aside("No notes yet.")) }
        @for note in &notes.data {
            article.note {
                p.lines { (note.content) }
                p.faint.small { (note.created_by_name.as_deref().unwrap_or("A program")) ", " (view::when(note.created_at)) }
            }
        }
        @if notes.pagination.has_next {
            (view::aside(&format!("The latest {ROWS} of {}.", view::count(&notes.pagination, "note", "notes"))))
        }
    };
    Ok(view::section("Notes", &body))
}

fn form(user: &CurrentUser, path: &str) -> Markup {
    html! {
        form method="post" action={ (path) "/notes" } {
            (view::csrf(user))
            div.field {
                label for="content" { "New note" }
                textarea #content name="content" rows="3" maxlength="10000" required {}
            }
            button.plain type="submit" { "Add the note" }
        }
    }
}

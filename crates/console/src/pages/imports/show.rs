//! One import.

use super::{
    index::{name, writes},
    progress::part,
};
use crate::{CurrentUser, PageError, named, view};
use axum::extract::Path;
use g8_records::import::{GetImport, ImportView};
use maud::{Markup, html};

pub async fn show(Path(id): Path<String>, visitor: CurrentUser) -> Result<Markup, PageError> {
    let import = visitor.send::<GetImport>(named::<GetImport>(&[("import_id", &id)])).await?;
    if visitor.partial {
        let part = part(&visitor, &import).await?;
        return Ok(html! { (part) (cancel(&visitor, &import, true)) });
    }
    page(&visitor, &import, None).await
}

/// The import's page.
pub async fn page(
    visitor: &CurrentUser,
    import: &ImportView,
    fault: Option<&PageError>,
) -> Result<Markup, PageError> {
    let part = part(visitor, import).await?;
    Ok(view::page(
        visitor,
        &name(import),
        &html! {
            p.crumbs { a href="/imports" { "Imports" } }
            div.head {
                h1.break { (name(import)) }
                (cancel(visitor, import, false))
                p.sub {
                    (view::word(&import.subject)) ", by " (import.created_by) ", " (view::when(import.created_at))
                    @if let Some(list) = import.list_id { ", " a href={ "/lists/" (list) } { "onto a list" } }
                }
            }
            @if let Some(fault) = fault { (fault.notice()) }
            (part)
        },
    ))
}

/// Stops it; once it is over, the button is taken away. It stands outside of what is made anew each second, or
/// its question would close before it is answered.
fn cancel(visitor: &CurrentUser, import: &ImportView, again: bool) -> Markup {
    let offered = writes(visitor) && !import.status.is_over();
    if again && offered {
        return html! {};
    }
    html! {
        div #cancel hx-swap-oob=[again.then_some("true")] {
            @if offered {
                (view::asking(visitor, &format!("/imports/{}/cancel", import.id), "Stop the import",
                    "Rows that were taken stay.", &html! {}))
            }
        }
    }
}

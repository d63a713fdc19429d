//! One import.

use super::{
    index::{name, writes},
    progress::part,
};
use crate::{CurrentUser, PageError, named, view};
use axum::extract::Path;
use g8_records::import::{GetImport, ImportView};
use maud::{Markup, html};

pub async fn show(Path(id): Path<String>, user: CurrentUser) -> Result<Markup, PageError> {
    let import = user.send::<GetImport>(named::<GetImport>(&[("import_id", &id)])).await?;
    if user.partial {
        let part = part(&user, &import).await?;
        return Ok(html! { (part) (cancel(&user, &import, true)) });
    }
    page(&user, &import, None).await
}

/// The import's page.
pub async fn page(
    user: &CurrentUser,
    import: &ImportView,
    fault: Option<&PageError>,
) -> Result<Markup, PageError> {
    let part = part(user, import).await?;
    Ok(view::page(
        user,
        &name(import),
        &html! {
            p.crumbs { a href="/imports" { "Imports" } }
            div.head {
                h1.break { (name(import)) }
                (cancel(user, import, false))
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
fn cancel(user: &CurrentUser, import: &ImportView, again: bool) -> Markup {
    let offered = writes(user) && !import.status.is_over();
    if again && offered {
        return html! {};
    }
    html! {
        div #cancel hx-swap-oob=[again.then_some("true")] {
            @if offered {
                (view::asking(user, &format!("/imports/{}/cancel", import.id), "Stop the import",
                    "Rows that were taken stay.", &html! {}))
            }
        }
    }
}

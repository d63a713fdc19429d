//! An export, and its file once it is there.

use crate::{CurrentUser, PageError, named, view};
use axum::extract::Path;
use g8_domain::record::TransferState;
use g8_records::export::{ExportView, GetExport};
use maud::{Markup, html};

pub async fn show(Path(id): Path<String>, user: CurrentUser) -> Result<Markup, PageError> {
    let export = user.send::<GetExport>(named::<GetExport>(&[("export_id", &id)])).await?;
    if user.partial {
        return Ok(state(&export));
    }
    let title = format!("Export of {}", export.subject);
    Ok(view::page(
        &user,
        &title,
        &html! {
            p.crumbs { a href={ "/" (export.subject) } { (view::word(&export.subject)) } }
            div.head { h1 { (title) } }
            (state(&export))
        },
    ))
}

/// How far it is; asks again by itself until it is over.
fn state(export: &ExportView) -> Markup {
    let path = format!("/exports/{}", export.id);
    let goes_on = !export.status.is_over();
    html! {
        div #export.card.stack hx-get=[goes_on.then_some(&path)] hx-trigger=[goes_on.then_some("every 1s")] hx-swap="outerHTML" {
            p role="status" { (view::number(export.rows)) " rows written." }
            @match export.status {
                TransferState::Completed => a.button href={ (path) "/file" } { "Download the file" },
                TransferState::Failed | TransferState::Cancelled => {
                    div.notice.bad { (export.error.as_deref().unwrap_or("The export did not come to its end.")) }
                }
                _ => {
                    progress aria-label="The export is being written" {}
                    a href=(path) { "Look again" }
                }
            }
        }
    }
}

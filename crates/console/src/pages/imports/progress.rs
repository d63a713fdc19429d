//! How far an import is: the part of its page that asks again by itself.

use crate::{CurrentUser, PageError, named, view};
use g8_domain::record::TransferState;
use g8_records::import::{ImportView, ListRowErrors};
use maud::{Markup, html};

/// Refused rows that a page shows.
const SHOWN: &str = "100";

/// Where it stands, as a word.
pub fn state(import: &ImportView) -> Markup {
    let kind = match import.status {
        TransferState::Completed => "good",
        TransferState::Failed => "bad",
        TransferState::Cancelled => "warn",
        _ => "",
    };
    html! {
        (view::tag(&view::word(import.status.word()), kind))
        @if import.dry_run { (view::tag("Trial", "")) }
    }
}

/// Everything about it that changes while it runs.
pub async fn part(user: &CurrentUser, import: &ImportView) -> Result<Markup, PageError> {
    let path = format!("/imports/{}", import.id);
    let goes_on = !import.status.is_over();
    let refused = if import.refused > 0 {
        refused(user, import, &path).await?
    } else {
        html! {}
    };
    Ok(html! {
        div #progress hx-get=[goes_on.then_some(&path)] hx-trigger=[goes_on.then_some("every 1s")] hx-swap="outerHTML" {
            @if let Some(error) = &import.error { div.notice.bad { (error) } }
            (bar(import, &path))
            (counts(import))
            (mapping(import))
            (refused)
        }
    })
}

fn bar(import: &ImportView, path: &str) -> Markup {
    let total = import.bytes_total.max(1);
    let percent = match import.status {
        TransferState::Completed => 100,
        _ => import.bytes_read.saturating_mul(100) / total,
    };
    html! {
        div.card.stack {
            p role="status" {
                (state(import)) (percent) " % read, " (view::number(import.rows))
                @if import.rows == 1 { " row" } @else { " rows" }
            }
            progress max="100" value=(percent) aria-label="How much of the file is read" {}
            @if !import.status.is_over() { a href=(path) { "Look again" } }
            @if import.dry_run && import.status == TransferState::Completed {
                p { "This was a trial: nothing was changed. " a href="/imports/new" { "Import the file for good" } "." }
            }
        }
    }
}

fn counts(import: &ImportView) -> Markup {
    let counts = [
        ("Created", import.created),
        ("Updated", import.updated),
        ("Unchanged", import.unchanged),
        ("Refused", import.refused),
    ];
    html! {
        dl.counts { @for (name, count) in counts { div.card { dt { (name) } dd { (view::number(count)) } } } }
    }
}

/// Where each column went.
fn mapping(import: &ImportView) -> Markup {
    let Some(columns) = &import.columns else { return html! {} };
    html! {
        section {
            h2 { "Columns" }
            div.card.sheet {
                table {
                    thead { tr { th { "In the file" } th { "Goes into" } } }
                    tbody {
                        @for map in columns {
                            tr {
                                td data-label="In the file" { (map.column) }
                                td data-label="Goes into" {
                                    @match map.field.as_str() {
                                        "-" => span.faint { "Left out" },
                                        field => (field_name(field)),
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn field_name(field: &str) -> String {
    match field.strip_prefix("custom.") {
        Some(title) => format!("{title} (custom field)"),
        None => view::word(field),
    }
}

async fn refused(user: &CurrentUser, import: &ImportView, path: &str) -> Result<Markup, PageError> {
    let id = import.id.to_string();
    let faults =
        user.send::<ListRowErrors>(named::<ListRowErrors>(&[("import_id", &id), ("limit", SHOWN)])).await?;
    Ok(html! {
        section {
            div.row.between {
                h2 { "Refused rows" }
                a href={ (path) "/faults.csv" } { "Download all as CSV" }
            }
            @if faults.pagination.has_next { p.faint { "The first " (SHOWN) " of " (view::number(faults.pagination.total)) "." } }
            div.card.sheet {
                table {
                    thead { tr { th.num { "Line" } th { "Column" } th { "Reason" } } }
                    tbody {
                        @for fault in &faults.data {
                            tr {
                                td.num data-label="Line" { (fault.line) }
                                td data-label="Column" { (view::text_or(Some(&fault.column))) }
                                td data-label="Reason" { (fault.reason) }
                            }
                        }
                    }
                }
            }
        }
    })
}

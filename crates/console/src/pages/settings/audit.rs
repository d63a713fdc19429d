//! Who changed what.

use crate::{CurrentUser, Fields, PageError, Query, view};
use g8_domain::Page;
use g8_identity::audit::{AuditView, ListAuditEntries};
use maud::{Markup, html};

const PATH: &str = "/settings/audit";

pub async fn show(user: CurrentUser, Query(query): Query) -> Result<Markup, PageError> {
    let entries = user.send::<ListAuditEntries>(query.args::<ListAuditEntries>()).await?;
    Ok(view::page(
        &user,
        "Audit log",
        &html! {
            div.head { h1 { "Audit log" } p.sub { "Every change: who made it, through which key, and from where." } }
            (search(&query))
            @if entries.data.is_empty() {
                div.card.empty { h2 { "Nothing found" } p.faint { "No change is like that." } }
            } @else {
                (table(&entries))
                (view::pager(PATH, &query, entries.pagination.next_cursor.as_deref()))
            }
        },
    ))
}

fn search(query: &Fields) -> Markup {
    let field = |name, label| {
        let value = query.get(name).unwrap_or_default();
        view::text_field(view::Input { name, label, value, autocomplete: "off", ..Default::default() })
    };
    html! {
        form.search method="get" action=(PATH) role="search" aria-label="Changes" {
            (field("operation", "What was done, as contact.create"))
            (field("request_id", "Request id"))
            button type="submit" { "Search" }
        }
    }
}

fn table(entries: &Page<AuditView>) -> Markup {
    html! {
        div.card.sheet {
            table {
                thead { tr { th { "Time" } th { "What" } th { "Who" } th { "From" } th { "Request id" } } }
                tbody { @for entry in &entries.data { (row(entry)) } }
            }
        }
    }
}

fn row(entry: &AuditView) -> Markup {
    html! {
        tr {
            td data-label="Time" { (view::when(entry.at)) }
            td.keep data-label="What" { code { (entry.operation) } }
            td data-label="Who" {
                div {
                    (entry.user_name.as_deref().unwrap_or(&entry.api_key_name))
                    @if entry.user_name.is_some() { div.small.faint.break { (entry.api_key_name) } }
                }
            }
            td.keep data-label="From" {
                div {
                    (door(&entry.door))
                    @if let Some(address) = &entry.address { div.small.faint { (address) } }
                }
            }
            td data-label="Request id" { code.small.break { (entry.request_id) } }
        }
    }
}

/// The way in, for people.
fn door(door: &str) -> &str {
    match door {
        "http" => "REST",
        "mcp" => "Assistant (MCP)",
        "cli" => "Command line",
        "console" => "Browser",
        "job" => "Background job",
        "embedded" => "On the server itself",
        other => other,
    }
}

//! The imports that there were.

use super::progress::state;
use crate::{CurrentUser, PageError, Query, view};
use g8_domain::Scope;
use g8_records::import::{ImportView, ListImports};
use maud::{Markup, html};

pub async fn show(user: CurrentUser, Query(query): Query) -> Result<Markup, PageError> {
    let imports = user.send::<ListImports>(query.args::<ListImports>()).await?;
    Ok(view::page(
        &user,
        "Imports",
        &html! {
            div.head {
                h1 { "Imports" }
                @if writes(&user) { a.button href="/imports/new" { "New import" } }
                p.sub { "Files of contacts or companies: CSV, JSON lines and vCard." }
            }
            @if imports.data.is_empty() {
                (view::empty("No imports yet", &html! { "Choose a file here, or send one:" },
                    &view::curl(&user, "POST", "/imports", Some(r#"{"subject": "contacts", "file_name": "people.csv"}"#))))
            } @else {
                (table(&imports.data))
                (view::pager("/imports", &query, imports.pagination.next_cursor.as_deref()))
            }
        },
    ))
}

/// Whether somebody may import anything.
pub fn writes(user: &CurrentUser) -> bool {
    user.may(Scope::CONTACTS_WRITE) || user.may(Scope::COMPANIES_WRITE)
}

fn table(imports: &[ImportView]) -> Markup {
    html! {
        div.card.sheet {
            table {
                thead {
                    tr {
                        th { "File" } th { "Records" } th { "State" } th.num { "Created" } th.num { "Updated" }
                        th.num { "Refused" } th { "Begun" }
                    }
                }
                tbody {
                    @for import in imports {
                        tr {
                            td data-label="File" { strong { a href={ "/imports/" (import.id) } { (name(import)) } } }
                            td data-label="Records" { (view::word(&import.subject)) }
                            td data-label="State" { div { (state(import)) } }
                            td.num data-label="Created" { (view::number(import.created)) }
                            td.num data-label="Updated" { (view::number(import.updated)) }
                            td.num data-label="Refused" { (view::number(import.refused)) }
                            td data-label="Begun" { (view::when(import.created_at)) }
                        }
                    }
                }
            }
        }
    }
}

/// What an import is called.
pub fn name(import: &ImportView) -> String {
    import.file_name.clone().unwrap_or_else(|| format!("Import of {}", import.subject))
}

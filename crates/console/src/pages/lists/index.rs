//! The lists that there are.

use crate::{CurrentUser, PageError, Query, pages::record::lists::writes, view};
use g8_records::list::{ListLists, ListView};
use maud::{Markup, html};

pub async fn show(user: CurrentUser, Query(query): Query) -> Result<Markup, PageError> {
    let lists = user.send::<ListLists>(query.args::<ListLists>()).await?;
    Ok(view::page(
        &user,
        "Lists",
        &html! {
            div.head {
                h1 { "Lists" }
                @if writes(&user) { a.button href="/lists/new" { "New list" } }
                p.sub { (view::count(&lists.pagination, "list", "lists")) }
            }
            @if lists.data.is_empty() {
                (view::empty("No lists yet", &html! { "Make the first one here, or send it:" },
                    &view::curl(&user, "POST", "/lists", Some(r#"{"title": "Spring fair", "type": "contacts"}"#))))
            } @else {
                (table(&lists.data))
                (view::pager("/lists", &query, lists.pagination.next_cursor.as_deref()))
            }
        },
    ))
}

fn table(lists: &[ListView]) -> Markup {
    html! {
        div.card.sheet {
            table {
                thead { tr { th { "Title" } th { "Holds" } th.num { "Members" } th { "Made by" } th { "Made" } } }
                tbody {
                    @for list in lists {
                        tr {
                            td data-label="Title" { strong { a href={ "/lists/" (list.id) } { (list.title) } } }
                            td data-label="Holds" { (view::word(list.kind.word())) }
                            td.num data-label="Members" { (view::number(list.total)) }
                            td data-label="Made by" { (view::text_or(list.created_by.as_deref())) }
                            td data-label="Made" { (view::when(list.created_at)) }
                        }
                    }
                }
            }
        }
    }
}

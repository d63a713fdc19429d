//! The contacts that there are, and a search among them.

use crate::{
    CurrentUser, Fields, PageError, Query,
    pages::{exports, record::lists},
    view,
};
use g8_domain::{Page, Scope, record::Subject};
use g8_records::{
    contact::{ContactRow, ListContacts},
    list::ListView,
};
use maud::{Markup, html};

/// What can be searched by: the first few always shown, the others on request.
const FILTERS: [(&str, &str); 6] = [
    ("name", "Name"),
    ("email", "E-mail"),
    ("company_name", "Company"),
    ("job_title", "Title"),
    ("country", "Country"),
    ("city", "City"),
];
const FIRST: usize = 3;

pub async fn show(user: CurrentUser, Query(query): Query) -> Result<Markup, PageError> {
    let contacts = user.send::<ListContacts>(query.args::<ListContacts>()).await?;
    let lists = lists::choices(&user, Subject::Contact).await?;
    let searched = ["list_id", "company_id"].iter().any(|name| query.get(name).is_some())
        || FILTERS.iter().any(|(name, _)| query.get(name).is_some());
    Ok(view::page(
        &user,
        "Contacts",
        &html! {
            (head(&user, &query, &contacts))
            (search(&query, &lists))
            @if !contacts.data.is_empty() {
                (table(&contacts.data))
                (view::pager("/contacts", &query, contacts.pagination.next_cursor.as_deref()))
            } @else if searched || query.get("cursor").is_some() {
                (view::nothing_met("/contacts"))
            } @else {
                (view::empty("No contacts yet", &html! { "Import a file, add the first one here, or send it:" },
                    &view::curl(&user, "POST", "/contacts",
                        Some(r#"{"work_email": "ann@example.com", "first_name": "Ann", "company_name": "Acme"}"#))))
            }
        },
    ))
}

fn head(user: &CurrentUser, query: &Fields, contacts: &Page<ContactRow>) -> Markup {
    html! {
        div.head {
            h1 { "Contacts" }
            div.row {
                @if !contacts.data.is_empty() { (exports::button(user, "contacts", query)) }
                @if user.may(Scope::CONTACTS_WRITE) {
                    a.button.plain href="/imports/new" { "Import" }
                    a.button href="/contacts/new" { "New contact" }
                }
            }
            p.sub { (view::count(&contacts.pagination, "contact", "contacts")) }
        }
    }
}

fn search(query: &Fields, lists: &[ListView]) -> Markup {
    let field = |(name, label): &(&str, &str)| {
        let value = query.get(name).unwrap_or_default();
        view::text_field(view::Input { name, label, value, ..Default::default() })
    };
    let (first, more) = FILTERS.split_at(FIRST);
    let open = query.get("list_id").is_some() || more.iter().any(|(name, _)| query.get(name).is_some());
    html! {
        form method="get" action="/contacts" role="search" aria-label="Contacts" {
            div.search { @for one in first { (field(one)) } button.plain type="submit" { "Search" } }
            details.more.filters open[open] {
                summary { "More filters" }
                div.search {
                    @for one in more { (field(one)) }
                    @if !lists.is_empty() { (on_list(query, lists)) }
                }
            }
        }
    }
}

fn on_list(query: &Fields, lists: &[ListView]) -> Markup {
    let mut choices = vec![(String::new(), "Any".to_owned())];
    choices.extend(lists.iter().map(|list| (list.id.to_string(), list.title.clone())));
    view::select("list_id", "List", query.get("list_id").unwrap_or_default(), &choices)
}

fn table(contacts: &[ContactRow]) -> Markup {
    html! {
        div.card.sheet {
            table {
                thead { tr { th { "Name" } th { "Title" } th { "Company" } th { "E-mail" } th { "Updated" } } }
                tbody {
                    @for contact in contacts {
                        tr {
                            td data-label="Name" { strong { (view::contact(contact)) } }
                            td data-label="Title" { (view::text_or(contact.job_title.as_deref())) }
                            td data-label="Company" { (employer(contact)) }
                            td data-label="E-mail" { (view::text_or(contact.work_email.as_deref())) }
                            td data-label="Updated" { (view::when(contact.updated_at)) }
                        }
                    }
                }
            }
        }
    }
}

/// The company somebody works for, as a link.
pub fn employer(contact: &ContactRow) -> Markup {
    let name = contact.company_name.as_deref().or(contact.company_domain.as_deref());
    match (contact.company_id, name) {
        (Some(id), name) => html! { a href={ "/companies/" (id) } { (name.unwrap_or("Company")) } },
        (None, name) => view::text_or(name),
    }
}

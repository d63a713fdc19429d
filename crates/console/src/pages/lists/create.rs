//! A new list.

use crate::{
    CurrentUser, Fields, PageError, Posted,
    pages::record::{lists::writes, then},
    view,
};
use axum::response::Response;
use g8_domain::{Error, ErrorKind, record::ListKind};
use g8_records::list::CreateList;
use maud::{Markup, html};

pub async fn show(user: CurrentUser) -> Result<Markup, PageError> {
    if !writes(&user) {
        return Err(Error::new(ErrorKind::Forbidden, "Your role may not make lists.").into());
    }
    Ok(page(&user, &Fields::default(), None))
}

fn page(user: &CurrentUser, asked: &Fields, fault: Option<&PageError>) -> Markup {
    let value = |name: &str| asked.get(name).unwrap_or_default();
    let kinds = [ListKind::Contacts, ListKind::Companies, ListKind::Leads, ListKind::Suppression];
    let kinds = kinds.map(|kind| (kind.word().to_owned(), view::word(kind.word())));
    view::page(
        user,
        "New list",
        &html! {
            p.crumbs { a href="/lists" { "Lists" } }
            div.head { h1 { "New list" } }
            @if let Some(fault) = fault { (fault.notice()) }
            form.card method="post" action="/lists/new" {
                (view::csrf(user))
                (view::text_field(view::Input { name: "title", label: "Title", value: value("title"), required: true, ..Default::default() }))
                (view::select("type", "What it holds", asked.get("type").unwrap_or("contacts"), &kinds))
                (view::text_area("description", "What it is for", value("description"), ""))
                button type="submit" { "Make the list" }
            }
        },
    )
}

pub async fn submit(posted: Posted) -> Response {
    let (user, fields) = (&posted.user, &posted.fields);
    let made = user.send::<CreateList>(fields.args::<CreateList>()).await;
    then(made, |made| format!("/lists/{}", made.id), async |fault| Ok(page(user, fields, Some(fault)))).await
}

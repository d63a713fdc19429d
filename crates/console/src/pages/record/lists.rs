//! The lists that a record is on.

use crate::{CurrentUser, PageError, named, view};
use g8_core::Operation;
use g8_domain::{Page, Scope, record::Subject};
use g8_records::list::{ListLists, ListView};
use maud::{Markup, html};

/// The lists, for who may see them, and a choice of those that it could be put on.
pub async fn section<O>(
    user: &CurrentUser,
    (field, id): (&str, &str),
    (path, subject): (&str, Subject),
) -> Result<Markup, PageError>
where
    O: Operation<Output = Page<ListView>>,
{
    if !sees(user) {
        return Ok(html! {});
    }
    let on = user.send::<O>(named::<O>(&[(field, id), ("limit", "200")])).await?.data;
    let others = if writes(user) { choices(user, subject).await? } else { Vec::new() };
    let others: Vec<ListView> =
        others.into_iter().filter(|list| on.iter().all(|one| one.id != list.id)).collect();
    let body = html! {
        @if on.is_empty() { (view::aside("On no list.")) }
        @else { ul.plain { @for list in &on { li.row.between { (line(user, list, path)) } } } }
        @if !others.is_empty() { (form(user, path, &others)) }
    };
    Ok(view::section("Lists", &body))
}

fn line(user: &CurrentUser, list: &ListView, path: &str) -> Markup {
    html! {
        a href={ "/lists/" (list.id) } { (list.title) }
        @if writes(user) {
            (view::post(user, &format!("{path}/lists/remove"), "Remove", &format!("from {}", list.title),
                &[("list_id", &list.id.to_string())]))
        }
    }
}

fn form(user: &CurrentUser, path: &str, others: &[ListView]) -> Markup {
    html! {
        form.row method="post" action={ (path) "/lists" } {
            (view::csrf(user))
            select.grow name="list_id" aria-label="List to put it on" {
                @for list in others { option value=(list.id) { (list.title) } }
            }
            button.plain.small type="submit" { "Add" }
        }
    }
}

/// Whether somebody sees any list.
pub fn sees(user: &CurrentUser) -> bool {
    [Scope::LISTS_READ, Scope::CONTACT_LISTS_READ, Scope::ACCOUNT_LISTS_READ]
        .into_iter()
        .any(|scope| user.may(scope))
}

/// Whether somebody changes any list.
pub fn writes(user: &CurrentUser) -> bool {
    [Scope::LISTS_WRITE, Scope::CONTACT_LISTS_WRITE, Scope::ACCOUNT_LISTS_WRITE]
        .into_iter()
        .any(|scope| user.may(scope))
}

/// The newest lists that hold such records.
pub async fn choices(user: &CurrentUser, subject: Subject) -> Result<Vec<ListView>, PageError> {
    if !sees(user) {
        return Ok(Vec::new());
    }
    let lists = user.send::<ListLists>(named::<ListLists>(&[("limit", "200")])).await?;
    Ok(lists.data.into_iter().filter(|list| list.kind.holds(subject)).collect())
}

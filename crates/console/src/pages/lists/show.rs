//! One list and who is on it.

use crate::{
    CurrentUser, Fields, PageError, Query, named,
    pages::{contacts::employer, record::lists::writes},
    view,
};
use axum::extract::Path;
use g8_domain::{page::Pagination, record::Subject};
use g8_records::{
    company::CompanyRow,
    contact::ContactRow,
    list::{GetList, ListCompaniesOfList, ListContactsOfList, ListView},
};
use maud::{Markup, html};

pub async fn show(
    Path(id): Path<String>,
    user: CurrentUser,
    Query(query): Query,
) -> Result<Markup, PageError> {
    page(&user, &id, &query, None).await
}

/// The list's page, with what was wrong with something that was done on it.
pub async fn page(
    user: &CurrentUser,
    id: &str,
    asked: &Fields,
    fault: Option<&PageError>,
) -> Result<Markup, PageError> {
    let list = user.send::<GetList>(named::<GetList>(&[("list_id", id)])).await?;
    let path = format!("/lists/{}", list.id);
    let (members, pagination) = members(user, &list, asked).await?;
    Ok(view::page(
        user,
        &list.title,
        &html! {
            p.crumbs { a href="/lists" { "Lists" } }
            div.head {
                h1.break { (list.title) }
                p.sub { (view::word(list.kind.word())) ", " (view::number(list.total)) " on it" }
            }
            @if let Some(fault) = fault { (fault.notice()) }
            @if let Some(about) = &list.description { p.lines { (about) } }
            @if writes(user) && pagination.is_some() { (adding(user, &list, &path)) }
            (members)
            @if let Some(pagination) = pagination { (view::pager(&path, asked, pagination.next_cursor.as_deref())) }
            @if writes(user) { (changing(user, &list, &path)) }
        },
    ))
}

async fn members(
    user: &CurrentUser,
    list: &ListView,
    asked: &Fields,
) -> Result<(Markup, Option<Pagination>), PageError> {
    let id = list.id.to_string();
    let mut args = vec![("list_id", id.as_str())];
    args.extend(asked.get("cursor").map(|cursor| ("cursor", cursor)));
    if list.kind.holds(Subject::Contact) {
        let page = user.send::<ListContactsOfList>(named::<ListContactsOfList>(&args)).await?;
        return Ok((people(user, list, asked, &page.data), Some(page.pagination)));
    }
    if list.kind.holds(Subject::Company) {
        let page = user.send::<ListCompaniesOfList>(named::<ListCompaniesOfList>(&args)).await?;
        return Ok((companies(user, list, asked, &page.data), Some(page.pagination)));
    }
    Ok((html! {}, None))
}

fn people(user: &CurrentUser, list: &ListView, asked: &Fields, rows: &[ContactRow]) -> Markup {
    html! {
        @if rows.is_empty() { (nobody(user, list)) }
        @else {
            div.card.sheet {
                table {
                    thead { tr { th { "Name" } th { "Title" } th { "Company" } th { "E-mail" } th { span.sr { "Actions" } } } }
                    tbody {
                        @for row in rows {
                            tr {
                                td data-label="Name" { strong { (view::contact(row)) } }
                                td data-label="Title" { (view::text_or(row.job_title.as_deref())) }
                                td data-label="Company" { (employer(row)) }
                                td data-label="E-mail" { (view::text_or(row.work_email.as_deref())) }
                                td { (off(user, list, asked, row.id, &view::contact_name(row))) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn companies(user: &CurrentUser, list: &ListView, asked: &Fields, rows: &[CompanyRow]) -> Markup {
    html! {
        @if rows.is_empty() { (nobody(user, list)) }
        @else {
            div.card.sheet {
                table {
                    thead { tr { th { "Name" } th { "Domain" } th { "Industry" } th { span.sr { "Actions" } } } }
                    tbody {
                        @for row in rows {
                            tr {
                                td data-label="Name" { strong { (view::company(row)) } }
                                td data-label="Domain" { (view::text_or(row.domain.as_deref())) }
                                td data-label="Industry" { (view::text_or(row.industry.as_deref())) }
                                td { (off(user, list, asked, row.id, row.name.as_deref().unwrap_or("the company"))) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn nobody(user: &CurrentUser, list: &ListView) -> Markup {
    let (noun, ids) =
        if list.kind.holds_companies() { ("companies", "company_ids") } else { ("contacts", "contact_ids") };
    let path = format!("/lists/{}/{noun}", list.id);
    let body = format!("{{\"{ids}\": [1, 2]}}");
    view::empty(
        "Nobody is on it yet",
        &html! { "Import a file onto a list, add somebody above, or send ids:" },
        &view::curl(user, "POST", &path, Some(&body)),
    )
}

/// A button that takes somebody off, and comes back to where it was pressed.
fn off(user: &CurrentUser, list: &ListView, asked: &Fields, member: i64, name: &str) -> Markup {
    let id = member.to_string();
    let mut sent = vec![("member_id", id.as_str())];
    sent.extend(asked.get("cursor").map(|cursor| ("cursor", cursor)));
    html! { @if writes(user) { (view::post(user, &format!("/lists/{}/remove", list.id), "Remove", name, &sent)) } }
}

fn adding(user: &CurrentUser, list: &ListView, path: &str) -> Markup {
    let (label, kind) = if list.kind.holds_companies() {
        ("Add a company by its domain", "text")
    } else {
        ("Add a contact by e-mail", "email")
    };
    html! {
        form.search method="post" action={ (path) "/add" } {
            (view::csrf(user))
            (view::text_field(view::Input { name: "member", label, kind, required: true, ..Default::default() }))
            button.plain type="submit" { "Add" }
        }
    }
}

fn changing(user: &CurrentUser, list: &ListView, path: &str) -> Markup {
    html! {
        div.stack {
            details.more {
                summary { "Rename" }
                form.card method="post" action={ (path) "/rename" } {
                    (view::csrf(user))
                    (view::text_field(view::Input { name: "title", label: "Title", value: &list.title, required: true, ..Default::default() }))
                    (view::text_area("description", "What it is for", list.description.as_deref().unwrap_or_default(), ""))
                    button type="submit" { "Save" }
                }
            }
            (view::asking(user, &format!("{path}/delete"), "Delete the list", "Its members stay; only the list goes.", &html! {}))
        }
    }
}

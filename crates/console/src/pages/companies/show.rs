//! One company, with everything that hangs on it.

use super::index::digits;
use crate::{
    CurrentUser, PageError, named,
    pages::record::{ROWS, activity, deals, lists, notes, tasks},
    view,
};
use axum::extract::Path;
use g8_deals::{deal, task};
use g8_domain::{Scope, record::Subject};
use g8_records::{
    company::{CompanyDetail, GetCompany},
    contact::ListContactsOfCompany,
    list, note,
};
use g8_signals::activity as activities;
use maud::{Markup, html};

pub async fn show(Path(id): Path<String>, user: CurrentUser) -> Result<Markup, PageError> {
    page(&user, &id, None).await
}

/// The company's page, with what was wrong with something that was done on it.
pub async fn page(user: &CurrentUser, id: &str, fault: Option<&PageError>) -> Result<Markup, PageError> {
    let company = user.send::<GetCompany>(named::<GetCompany>(&[("company_id", id)])).await?;
    let (path, key) = (format!("/companies/{}", company.row.id), ("company_id", id));
    let name = name(&company);
    let write = Scope::COMPANIES_WRITE;
    Ok(view::page(
        user,
        &name,
        &html! {
            p.crumbs { a href="/companies" { "Companies" } }
            div.head {
                h1.break { (name) }
                @if user.may(write) { a.button.plain href={ (path) "/edit" } { "Edit" } }
                p.sub { (company.row.industry.as_deref().unwrap_or_default()) }
            }
            @if let Some(fault) = fault { (fault.notice()) }
            div.two {
                div {
                    (facts(&company))
                    (people(user, id).await?)
                    (notes::section::<note::ListNotesOfCompany>(user, key, (&path, write)).await?)
                    (activity::section::<activities::ListActivitiesOfCompany>(user, key).await?)
                }
                div {
                    (deals::section::<deal::ListDealsOfCompany>(user, key).await?)
                    (tasks::section::<task::ListTasks>(user, "company", ("entity_id", id)).await?)
                    (lists::section::<list::ListListsOfCompany>(user, key, (&path, Subject::Company)).await?)
                    @if user.may(write) {
                        (view::asking(user, &format!("{path}/delete"), &format!("Delete {name}"),
                            "The company leaves every list. Its contacts stay.", &html! {}))
                    }
                }
            }
        },
    ))
}

fn name(company: &CompanyDetail) -> String {
    let named = company.row.name.clone().or_else(|| company.row.domain.clone());
    named.unwrap_or_else(|| format!("Company {}", company.row.id))
}

fn facts(company: &CompanyDetail) -> Markup {
    let (row, text) = (&company.row, |text: &Option<String>| view::text_or(text.as_deref()));
    let place = [&company.address, &company.zip, &row.city, &row.state, &row.country];
    let place: Vec<&str> = place.into_iter().flatten().map(String::as_str).collect();
    let facts = view::facts(&[
        ("Domain", text(&row.domain)),
        ("Website", view::link_or(row.website.as_deref())),
        ("Employees", digits(row.employee_count.as_deref())),
        ("Yearly revenue", digits(row.revenue.as_deref())),
        ("Founded in", view::text_or(row.founded_year.map(|year| year.to_string()).as_deref())),
        ("Phone", text(&company.phone)),
        ("Place", view::text_or(Some(&place.join(", ")))),
        ("LinkedIn", view::link_or(row.linkedin_url.as_deref())),
        ("Owner", text(&row.owner_name)),
        ("What it does", html! { span.lines { (text(&row.description)) } }),
        ("Added", view::when(company.created_at)),
        ("Updated", view::when(company.updated_at)),
    ]);
    view::section("Details", &facts)
}

/// Who works there, as far as is known.
async fn people(user: &CurrentUser, id: &str) -> Result<Markup, PageError> {
    if !user.may(Scope::CONTACTS_READ) {
        return Ok(html! {});
    }
    let args = named::<ListContactsOfCompany>(&[("company_id", id), ("limit", ROWS)]);
    let people = user.send::<ListContactsOfCompany>(args).await?;
    let body = html! {
        @if people.data.is_empty() { (view::aside("Nobody yet.")) }
        @else {
            ul.plain {
                @for person in &people.data {
                    li {
                        (view::contact(person))
                        @if let Some(title) = &person.job_title { span.small.faint { " · " (title) } }
                    }
                }
            }
        }
        @if people.pagination.has_next {
            p { a href={ "/contacts?company_id=" (id) } { "All " (view::count(&people.pagination, "contact", "contacts")) } }
        }
    };
    Ok(view::section("Contacts", &body))
}

//! One contact, with everything that hangs on it.

use super::index::employer;
use crate::{
    CurrentUser, PageError, named,
    pages::record::{activity, deals, lists, notes, tasks},
    view,
};
use axum::extract::Path;
use g8_deals::{deal, task};
use g8_domain::{Scope, record::Subject};
use g8_records::{
    contact::{ContactDetail, GetContact},
    list, note,
    suppression::{self, Suppression},
};
use g8_signals::activity as activities;
use maud::{Markup, html};

pub async fn show(Path(id): Path<String>, user: CurrentUser) -> Result<Markup, PageError> {
    page(&user, &id, None).await
}

/// The contact's page, with what was wrong with something that was done on it.
pub async fn page(user: &CurrentUser, id: &str, fault: Option<&PageError>) -> Result<Markup, PageError> {
    let contact = user.send::<GetContact>(named::<GetContact>(&[("contact_id", id)])).await?;
    let (path, key) = (format!("/contacts/{}", contact.row.id), ("contact_id", id));
    let name = view::contact_name(&contact.row);
    let write = Scope::CONTACTS_WRITE;
    Ok(view::page(
        user,
        &name,
        &html! {
            p.crumbs { a href="/contacts" { "Contacts" } }
            (head(user, &contact, &path))
            @if let Some(fault) = fault { (fault.notice()) }
            div.two {
                div {
                    (facts(&contact))
                    (notes::section::<note::ListNotesOfContact>(user, key, (&path, write)).await?)
                    (activity::section::<activities::ListActivitiesOfContact>(user, key).await?)
                }
                div {
                    (exclusion(user, id).await?)
                    (tasks::section::<task::ListTasksOfContact>(user, "contact", key).await?)
                    (deals::section::<deal::ListDealsOfContact>(user, key).await?)
                    (lists::section::<list::ListListsOfContact>(user, key, (&path, Subject::Contact)).await?)
                    @if user.may(write) {
                        (view::asking(user, &format!("{path}/delete"), &format!("Delete {name}"),
                            "The contact leaves every list. What was written to it stays in the history.", &html! {}))
                    }
                }
            }
        },
    ))
}

fn head(user: &CurrentUser, contact: &ContactDetail, path: &str) -> Markup {
    let row = &contact.row;
    html! {
        div.head {
            h1.break { (view::contact_name(row)) }
            @if user.may(Scope::CONTACTS_WRITE) { a.button.plain href={ (path) "/edit" } { "Edit" } }
            p.sub {
                @if let Some(title) = &row.job_title { (title) }
                @if row.job_title.is_some() && row.company_name.is_some() { " at " }
                @if row.company_name.is_some() { (employer(row)) }
            }
        }
    }
}

fn facts(contact: &ContactDetail) -> Markup {
    let (row, text) = (&contact.row, |text: &Option<String>| view::text_or(text.as_deref()));
    let place: Vec<&str> =
        [&row.city, &row.state, &row.country].into_iter().flatten().map(String::as_str).collect();
    let facts = view::facts(&[
        ("Work e-mail", address(row.work_email.as_deref(), "mailto:")),
        ("Private e-mails", view::text_or(Some(&contact.personal_emails.join(", ")))),
        ("Direct phone", address(row.direct_phone.as_deref(), "tel:")),
        ("Mobile phone", address(row.mobile_phone.as_deref(), "tel:")),
        ("Company", employer(row)),
        ("Department", text(&row.job_department)),
        ("Seniority", text(&row.seniority_level)),
        ("LinkedIn", view::link_or(row.linkedin_url.as_deref())),
        ("Place", view::text_or(Some(&place.join(", ")))),
        ("Owner", text(&row.owner_name)),
        ("About", html! { span.lines { (text(&contact.about)) } }),
        ("Added", view::when(contact.created_at)),
        ("Updated", view::when(row.updated_at)),
    ]);
    view::section("Details", &facts)
}

fn address(text: Option<&str>, scheme: &str) -> Markup {
    match text {
        Some(text) => html! { a href={ (scheme) (text) } { (text) } },
        None => view::text_or(None),
    }
}

/// Whether they may be written to.
async fn exclusion(user: &CurrentUser, id: &str) -> Result<Markup, PageError> {
    if !user.may(Scope::EXCLUSIONS_READ) {
        return Ok(html! {});
    }
    let args = named::<suppression::GetSuppression>(&[("contact_id", id)]);
    Ok(view::section("Outreach", &told(&user.send::<suppression::GetSuppression>(args).await?)))
}

fn told(state: &Suppression) -> Markup {
    let ways: Vec<&str> = state.channels.iter().map(|way| way.word()).collect();
    html! {
        @if !state.suppressed { p { (view::tag("May be written to", "good")) } }
        @else {
            p { (view::tag("Excluded", "bad")) @for way in ways { (view::tag(&view::word(way), "")) } }
            p.small {
                @if let Some(reason) = state.reason { (view::word(reason.word())) }
                @if let Some(until) = state.until { ", until " (view::when(until)) }
                @else { ", for good" }
            }
        }
    }
}

//! One deal: what is known of it, who takes part, and the way it went.

use super::{board::pipelines, index::with, people::People};
use crate::{
    CurrentUser, PageError, named,
    pages::record::{deals::amount, notes, tasks},
    view,
};
use axum::extract::Path;
use g8_deals::{
    deal::{DealView, GetDeal, ListDealHistory, PartyView, Step},
    pipeline::PipelineView,
    task,
};
use g8_domain::{
    Scope,
    record::{DealRole, StageType},
};
use g8_records::note::ListNotesOfDeal;
use maud::{Markup, html};

pub async fn show(Path(id): Path<String>, user: CurrentUser) -> Result<Markup, PageError> {
    page(&user, &id, None).await
}

/// The deal's page, with what was wrong with something that was done on it.
pub async fn page(user: &CurrentUser, id: &str, fault: Option<&PageError>) -> Result<Markup, PageError> {
    let deal = user.send::<GetDeal>(named::<GetDeal>(&[("deal_id", id)])).await?;
    let history =
        user.send::<ListDealHistory>(named::<ListDealHistory>(&[("deal_id", id), ("limit", "50")])).await?;
    let people = People::read(user).await?;
    let (path, write) = (format!("/deals/{id}"), Scope::DEALS_WRITE);
    let pipelines = if user.may(write) { pipelines(user).await? } else { Vec::new() };
    Ok(view::page(
        user,
        &deal.name,
        &html! {
            p.crumbs { a href={ "/deals?pipeline_id=" (deal.pipeline_id) } { "Deals" } }
            div.head {
                h1.break { (deal.name) }
                @if user.may(write) { a.button.plain href={ (path) "/edit" } { "Edit" } }
                p.sub { (state(&deal)) strong { (amount(&deal)) } }
            }
            @if let Some(fault) = fault { (fault.notice()) }
            div.two {
                div {
                    (facts(&deal, &people))
                    (notes::section::<ListNotesOfDeal>(user, ("deal_id", id), (&path, write)).await?)
                    (view::section("History", &steps(&history.data)))
                }
                div {
                    @if user.may(write) { (mover(user, &pipelines, &deal, &path)) }
                    (parties(user, &deal, &path))
                    (tasks::section::<task::ListTasks>(user, "deal", ("entity_id", id)).await?)
                    @if user.may(write) {
                        (view::asking(user, &format!("{path}/delete"), "Delete the deal",
                            "It goes for good, with its notes and its history.", &html! {}))
                    }
                }
            }
        },
    ))
}

/// Its stage, and whether that is good or bad.
fn state(deal: &DealView) -> Markup {
    let kind = match deal.status {
        StageType::Open => "",
        StageType::Won => "good",
        StageType::Lost => "bad",
    };
    let words = match deal.status {
        StageType::Open => deal.stage_name.clone(),
        over => format!("{}: {}", view::word(over.word()), deal.stage_name),
    };
    view::tag(&words, kind)
}

fn facts(deal: &DealView, people: &People) -> Markup {
    let owner = deal.owner_id.as_deref().map(|owner| people.name(owner));
    let facts = view::facts(&[
        ("Company", with(deal)),
        ("Amount", amount(deal)),
        ("Owner", view::text_or(owner)),
        ("Expected to close", view::text_or(deal.close_date.as_deref().map(view::day).as_deref())),
        ("Stage", html! { (deal.stage_name) ", since " (view::when(deal.stage_changed_at)) }),
        ("Description", html! { span.lines { (view::text_or(deal.description.as_deref())) } }),
        ("Added", view::when(deal.created_at)),
        ("Updated", view::when(deal.updated_at)),
    ]);
    view::section("Details", &facts)
}

fn mover(user: &CurrentUser, pipelines: &[PipelineView], deal: &DealView, path: &str) -> Markup {
    let home = pipelines.iter().find(|one| one.id == deal.pipeline_id);
    let stages = home.map(|one| one.stages.as_slice()).unwrap_or_default();
    let body = html! {
        form.row method="post" action={ (path) "/move" } {
            (view::csrf(user))
            select.grow name="stage_id" aria-label="Stage to move it to" {
                @for stage in stages { option value=(stage.id) selected[stage.id == deal.stage_id] { (stage.name) } }
            }
            button.plain.small type="submit" { "Move" }
        }
    };
    view::section("Stage", &body)
}

fn steps(steps: &[Step]) -> Markup {
    html! {
        ol.feed {
            @for step in steps {
                li {
                    @match &step.from_stage {
                        Some(from) => { (from.name) " → " (step.to_stage.name) }
                        None => { "Began in " (step.to_stage.name) }
                    }
                    @if let Some(by) = &step.moved_by { " by " (by) }
                    " " span.small.faint { (view::when(step.at)) ", " (step.days_in_stage) " days there" }
                }
            }
        }
    }
}

fn parties(user: &CurrentUser, deal: &DealView, path: &str) -> Markup {
    let all = deal.contacts.as_deref().unwrap_or_default();
    let body = html! {
        @if all.is_empty() { (view::aside("Nobody yet.")) }
        @else { ul.plain { @for one in all { li { (party(user, one, path)) } } } }
        @if user.may(Scope::DEALS_WRITE) && user.may(Scope::CONTACTS_READ) {
            form method="post" action={ (path) "/contacts" } {
                (view::csrf(user))
                (view::text_field(view::Input { name: "email", label: "Add a contact by e-mail", kind: "email", required: true, ..Default::default() }))
                button.plain.small type="submit" { "Add" }
            }
        }
    };
    view::section("Contacts", &body)
}

fn party(user: &CurrentUser, one: &PartyView, path: &str) -> Markup {
    let id = one.id.to_string();
    let name = one.name.clone().or_else(|| one.email.clone()).unwrap_or_else(|| format!("Contact {id}"));
    html! {
        a href={ "/contacts/" (one.id) } { (name) }
        @if let Some(title) = &one.title { span.small.faint { " · " (title) } }
        @if user.may(Scope::DEALS_WRITE) {
            div.row {
                form.row.grow method="post" action={ (path) "/contacts/role" } {
                    (view::csrf(user))
                    (view::hidden("contact_id", &id))
                    select.grow name="role" aria-label={ "Role of " (name) } {
                        option value="" { "No role" }
                        @for role in DealRole::ALL { option value=(role.word()) selected[one.role == Some(role)] { (view::word(role.word())) } }
                    }
                    button.plain.small type="submit" aria-label={ "Save the role of " (name) } { "Save" }
                }
                (view::post(user, &format!("{path}/contacts/remove"), "Remove", &name, &[("contact_id", &id)]))
            }
        } @else if let Some(role) = one.role { div.small.faint { (view::word(role.word())) } }
    }
}

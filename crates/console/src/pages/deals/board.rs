//! The deals of a pipeline, stage by stage.

use super::people::People;
use crate::{CurrentUser, PageError, Query, named, pages::record::deals::amount, view};
use g8_core::Args;
use g8_deals::{
    deal::{DealView, ListDeals, StageTotal, TotalDeals},
    pipeline::{ListDealPipelines, PipelineView, StageView},
};
use g8_domain::{Error, Page, Scope};
use maud::{Markup, html};

/// Cards in a stage; the rest is behind a link.
const CARDS: &str = "20";

pub async fn show(user: CurrentUser, Query(query): Query) -> Result<Markup, PageError> {
    page(&user, query.get("pipeline_id"), None).await
}

/// The board, or the page around it; a fault stands above it either way.
pub async fn page(
    user: &CurrentUser,
    pipeline: Option<&str>,
    fault: Option<&PageError>,
) -> Result<Markup, PageError> {
    let pipelines = pipelines(user).await?;
    let chosen = chosen(&pipelines, pipeline)?;
    let board = board(user, chosen, fault).await?;
    if user.partial {
        return Ok(board);
    }
    Ok(view::page(
        user,
        "Deals",
        &html! {
            div.head {
                h1 { "Deals" }
                div.row {
                    a.button.plain href="/deals/list" { "Search and list" }
                    @if user.may(Scope::DEALS_WRITE) {
                        a.button href={ "/deals/new?pipeline_id=" (chosen.id) } { "New deal" }
                    }
                }
            }
            @if pipelines.len() > 1 { (choice(&pipelines, chosen)) }
            (board)
        },
    ))
}

/// The pipelines there are: the first request makes the first of them.
pub async fn pipelines(user: &CurrentUser) -> Result<Vec<PipelineView>, PageError> {
    user.send::<ListDealPipelines>(Args::new()).await
}

fn chosen<'a>(all: &'a [PipelineView], id: Option<&str>) -> Result<&'a PipelineView, Error> {
    let found = match id {
        Some(id) => all.iter().find(|one| one.id.to_string() == id),
        None => all.iter().find(|one| one.is_default).or(all.first()),
    };
    found.ok_or_else(|| Error::not_found("pipeline", id.unwrap_or_default()))
}

fn choice(pipelines: &[PipelineView], chosen: &PipelineView) -> Markup {
    let choices: Vec<(String, String)> =
        pipelines.iter().map(|one| (one.id.to_string(), one.name.clone())).collect();
    html! {
        form.search method="get" action="/deals" {
            (view::select("pipeline_id", "Pipeline", &chosen.id.to_string(), &choices))
            button.plain type="submit" { "Show" }
        }
    }
}

async fn board(
    user: &CurrentUser,
    pipeline: &PipelineView,
    fault: Option<&PageError>,
) -> Result<Markup, PageError> {
    let id = pipeline.id.to_string();
    let totals = user.send::<TotalDeals>(named::<TotalDeals>(&[("pipeline_id", &id)])).await?;
    let people = People::read(user).await?;
    let mut stages = Vec::with_capacity(pipeline.stages.len());
    for stage in &pipeline.stages {
        let args = named::<ListDeals>(&[("stage_id", &stage.id.to_string()), ("limit", CARDS)]);
        stages.push(column(user, pipeline, stage, &totals, &user.send::<ListDeals>(args).await?, &people));
    }
    Ok(html! {
        div #board {
            @if let Some(fault) = fault { (fault.notice()) }
            @if totals.is_empty() { (nothing(user)) }
            div.board tabindex="0" role="group" aria-label={ "Stages of " (pipeline.name) } { @for stage in stages { (stage) } }
        }
    })
}

fn nothing(user: &CurrentUser) -> Markup {
    view::empty(
        "No deals yet",
        &html! { "Add the first one here, or send it:" },
        &view::curl(user, "POST", "/deals", Some(r#"{"name": "Acme, 20 seats", "amount": 12500}"#)),
    )
}

fn column(
    user: &CurrentUser,
    pipeline: &PipelineView,
    stage: &StageView,
    totals: &[StageTotal],
    deals: &Page<DealView>,
    people: &People,
) -> Markup {
    let own: Vec<&StageTotal> = totals.iter().filter(|total| total.stage_id == stage.id).collect();
    let count: i64 = own.iter().map(|total| total.count).sum();
    html! {
        section.stage {
            div.row.between { h2 { (stage.name) } span.tag { (view::number(count)) span.sr { " deals" } } }
            p.small.faint {
                @for (at, total) in own.iter().enumerate() {
                    @if at > 0 { ", " }
                    (view::money(total.amount, &total.currency))
                }
                @if own.is_empty() { "Nothing here" }
            }
            @if !deals.data.is_empty() {
                ul { @for deal in &deals.data { li.deal { (card(user, pipeline, deal, people)) } } }
            }
            @if deals.pagination.has_next {
                a.small href={ "/deals/list?stage_id=" (stage.id) } { "All " (view::number(count)) " in " (stage.name) }
            }
        }
    }
}

fn card(user: &CurrentUser, pipeline: &PipelineView, deal: &DealView, people: &People) -> Markup {
    let with =
        deal.primary_contact.as_ref().and_then(|party| party.name.as_deref().or(party.email.as_deref()));
    html! {
        h3 { a href={ "/deals/" (deal.id) } { (deal.name) } }
        div.small {
            @if let Some(company) = &deal.company_name { (company) br; }
            @if let Some(with) = with { (with) br; }
            strong { (amount(deal)) }
            @if let Some(owner) = &deal.owner_id { span.faint { " · " (people.name(owner)) } }
        }
        @if user.may(Scope::DEALS_WRITE) { (mover(user, pipeline, deal)) }
    }
}

/// A choice of stages that moves the deal as soon as one is chosen; without a script, by its button.
fn mover(user: &CurrentUser, pipeline: &PipelineView, deal: &DealView) -> Markup {
    let path = format!("/deals/{}/move", deal.id);
    html! {
        form.row.mover method="post" action=(path) hx-post=(path) hx-target="#board" hx-swap="outerHTML" {
            (view::csrf(user))
            (view::hidden("back", "board"))
            select.grow id={ "move-" (deal.id) } name="stage_id" data-submit aria-label={ "Stage of " (deal.name) } {
                @for stage in &pipeline.stages {
                    option value=(stage.id) selected[stage.id == deal.stage_id] { (stage.name) }
                }
            }
            button.plain.small type="submit" aria-label={ "Move " (deal.name) } { "Move" }
        }
    }
}

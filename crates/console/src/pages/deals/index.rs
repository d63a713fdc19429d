//! Deals in a list, and a search among them.

use super::{board::pipelines, people::People};
use crate::{CurrentUser, Fields, PageError, Query, pages::record::deals::amount, view};
use g8_deals::{
    deal::{DealView, ListDeals},
    pipeline::PipelineView,
};
use g8_domain::Scope;
use maud::{Markup, html};

const FILTERS: [&str; 5] = ["search", "stage_id", "owner_id", "status", "company_id"];

pub async fn show(user: CurrentUser, Query(query): Query) -> Result<Markup, PageError> {
    let deals = user.send::<ListDeals>(query.args::<ListDeals>()).await?;
    let (pipelines, people) = (pipelines(&user).await?, People::read(&user).await?);
    let searched = FILTERS.iter().any(|name| query.get(name).is_some());
    Ok(view::page(
        &user,
        "Deals",
        &html! {
            p.crumbs { a href="/deals" { "The board" } }
            div.head {
                h1 { "All deals" }
                @if user.may(Scope::DEALS_WRITE) { a.button href="/deals/new" { "New deal" } }
                p.sub { (view::count(&deals.pagination, "deal", "deals")) }
            }
            (search(&query, &pipelines, &people))
            @if !deals.data.is_empty() {
                (table(&deals.data, &people))
                (view::pager("/deals/list", &query, deals.pagination.next_cursor.as_deref()))
            } @else if searched || query.get("cursor").is_some() {
                (view::nothing_met("/deals/list"))
            } @else {
                (view::empty("No deals yet", &html! { "Add the first one here, or send it:" },
                    &view::curl(&user, "POST", "/deals", Some(r#"{"name": "Acme, 20 seats", "amount": 12500}"#))))
            }
        },
    ))
}

fn search(query: &Fields, pipelines: &[PipelineView], people: &People) -> Markup {
    let value = |name: &str| query.get(name).unwrap_or_default();
    let any = || (String::new(), "Any".to_owned());
    let mut stages = vec![any()];
    for (pipeline, stage) in pipelines.iter().flat_map(|one| one.stages.iter().map(move |stage| (one, stage)))
    {
        let words = if pipelines.len() > 1 {
            format!("{}: {}", pipeline.name, stage.name)
        } else {
            stage.name.clone()
        };
        stages.push((stage.id.to_string(), words));
    }
    let mut owners = people.choices(value("owner_id"));
    if let Some(first) = owners.first_mut() {
        *first = any();
    }
    let statuses = [any(), pair("open"), pair("won"), pair("lost")];
    html! {
        form.search method="get" action="/deals/list" role="search" aria-label="Deals" {
            (view::text_field(view::Input { name: "search", label: "Name", value: value("search"), ..Default::default() }))
            (view::select("stage_id", "Stage", value("stage_id"), &stages))
            (view::select("status", "State", value("status"), &statuses))
            (view::select("owner_id", "Owner", value("owner_id"), &owners))
            button.plain type="submit" { "Search" }
        }
    }
}

fn pair(word: &str) -> (String, String) {
    (word.to_owned(), view::word(word))
}

fn table(deals: &[DealView], people: &People) -> Markup {
    html! {
        div.card.sheet {
            table {
                thead {
                    tr { th { "Name" } th { "Company" } th.num { "Amount" } th { "Stage" } th { "Owner" } th { "Closes" } }
                }
                tbody {
                    @for deal in deals {
                        tr {
                            td data-label="Name" { strong { a href={ "/deals/" (deal.id) } { (deal.name) } } }
                            td data-label="Company" { (with(deal)) }
                            td.num data-label="Amount" { (amount(deal)) }
                            td data-label="Stage" { (deal.stage_name) }
                            td data-label="Owner" { (view::text_or(deal.owner_id.as_deref().map(|owner| people.name(owner)))) }
                            td data-label="Closes" { (view::text_or(deal.close_date.as_deref().map(view::day).as_deref())) }
                        }
                    }
                }
            }
        }
    }
}

/// The company a deal is with, as a link.
pub fn with(deal: &DealView) -> Markup {
    match deal.company_id {
        Some(id) => {
            html! { a href={ "/companies/" (id) } { (deal.company_name.as_deref().unwrap_or("Company")) } }
        }
        None => view::text_or(None),
    }
}

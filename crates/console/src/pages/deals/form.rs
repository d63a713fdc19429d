//! The fields of a deal, to be typed.

use super::people::People;
use crate::{CurrentUser, Fields, PageError, named, view};
use g8_core::Args;
use g8_deals::{deal::DealView, pipeline::PipelineView};
use g8_domain::Error;
use g8_records::company::{CompanyRow, ListCompanies};
use maud::{Markup, html};

/// What is stored of a deal, for the form.
pub fn stored(deal: &DealView) -> Fields {
    let amount = deal.amount.map(|amount| serde_json::to_value(amount).unwrap_or_default().to_string());
    Fields::of([
        ("name", Some(deal.name.clone())),
        ("amount", amount),
        ("currency", Some(deal.currency.clone())),
        ("company", deal.company_name.clone()),
        ("was_company", deal.company_name.clone()),
        ("company_id", deal.company_id.map(|id| id.to_string())),
        ("owner_id", deal.owner_id.clone()),
        ("close_date", deal.close_date.clone()),
        ("description", deal.description.clone()),
    ])
}

/// The form; with pipelines, the stage is among its fields.
pub fn form(
    user: &CurrentUser,
    (action, button): (&str, &str),
    (asked, fault): (&Fields, Option<&PageError>),
    (people, pipelines): (&People, &[PipelineView]),
) -> Markup {
    let value = |name: &str| asked.get(name).unwrap_or_default();
    let field = |name, label, kind, hint| {
        view::text_field(view::Input { name, label, kind, hint, value: value(name), ..Default::default() })
    };
    html! {
        @if let Some(fault) = fault { (fault.notice()) }
        form.card method="post" action=(action) {
            (view::csrf(user))
            @for name in ["was_company", "company_id", "contact_ids"] { (view::hidden(name, value(name))) }
            (view::text_field(view::Input { name: "name", label: "Name", value: value("name"), required: true, ..Default::default() }))
            div.grid {
                (field("amount", "Amount", "text", "As 12500 or 12500.50"))
                (field("currency", "Currency", "text", "Three letters, as EUR"))
                (field("company", "Company", "text", "The name or the domain of one that is there"))
                (field("close_date", "Expected to close", "date", ""))
                (view::select("owner_id", "Owner", value("owner_id"), &people.choices(value("owner_id"))))
                @if !pipelines.is_empty() { (stages(asked, pipelines)) }
            }
            (view::text_area("description", "Description", value("description"), ""))
            button type="submit" { (button) }
        }
    }
}

fn stages(asked: &Fields, pipelines: &[PipelineView]) -> Markup {
    let home = asked.get("pipeline_id");
    let is_home = |one: &&PipelineView| home.map_or(one.is_default, |id| one.id.to_string() == id);
    let first =
        pipelines.iter().find(is_home).and_then(|one| one.stages.first()).map(|stage| stage.id.to_string());
    let chosen = asked.get("stage_id").map(str::to_owned).or(first);
    html! {
        div.field {
            label for="stage_id" { "Stage" }
            select #stage_id name="stage_id" {
                @for pipeline in pipelines {
                    optgroup label=(pipeline.name) {
                        @for stage in &pipeline.stages {
                            option value=(stage.id) selected[chosen.as_deref() == Some(&stage.id.to_string())] { (stage.name) }
                        }
                    }
                }
            }
        }
    }
}

/// The company that was typed, as an operation takes it: by id. One that was left alone stays.
pub async fn company(user: &CurrentUser, fields: &Fields, mut args: Args) -> Result<Args, PageError> {
    let typed = fields.get("company");
    if typed == fields.get("was_company") {
        if typed.is_none() {
            args.remove("company_id");
        }
        return Ok(args);
    }
    let id = match typed {
        Some(text) => find(user, text).await?.id.into(),
        None => serde_json::Value::Null,
    };
    args.insert("company_id".to_owned(), id);
    Ok(args)
}

/// The one company of this domain, or of exactly this name.
async fn find(user: &CurrentUser, text: &str) -> Result<CompanyRow, PageError> {
    for field in ["domain", "name"] {
        let found =
            user.send::<ListCompanies>(named::<ListCompanies>(&[(field, text), ("limit", "50")])).await?.data;
        let is_it = |row: &CompanyRow| {
            field == "domain"
                || row.name.as_deref().is_some_and(|name| name.to_lowercase() == text.to_lowercase())
        };
        let mut fitting = found.into_iter().filter(is_it);
        match (fitting.next(), fitting.next()) {
            (Some(one), None) => return Ok(one),
            (Some(_), Some(_)) => {
                return Err(
                    Error::rule(format!("Several companies are called “{text}”; give the domain.")).into()
                );
            }
            _ => {}
        }
    }
    Err(Error::rule(format!("There is no company “{text}” yet; add it first.")).into())
}

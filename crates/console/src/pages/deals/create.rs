//! A new deal.

use super::{board::pipelines, form, people::People};
use crate::{CurrentUser, Fields, PageError, Posted, Query, named, pages::record::then, view};
use axum::response::Response;
use g8_deals::deal::{CreateDeal, DealView};
use g8_domain::Scope;
use g8_records::company;
use maud::{Markup, html};
use serde_json::Value;

pub async fn show(visitor: CurrentUser, Query(mut query): Query) -> Result<Markup, PageError> {
    visitor.caller().require(&[Scope::DEALS_WRITE])?;
    if let Some(id) = query.get("company_id").map(str::to_owned) {
        let company =
            visitor.send::<company::GetCompany>(named::<company::GetCompany>(&[("company_id", &id)])).await?;
        let name = company.row.name.or(company.row.domain).unwrap_or(id);
        query.push("company".to_owned(), name.clone());
        query.push("was_company".to_owned(), name);
    }
    if let Some(id) = query.get("contact_id").map(str::to_owned) {
        query.push("contact_ids".to_owned(), id);
    }
    page(&visitor, &query, None).await
}

async fn page(visitor: &CurrentUser, asked: &Fields, fault: Option<&PageError>) -> Result<Markup, PageError> {
    let (people, pipelines) = (People::read(visitor).await?, pipelines(visitor).await?);
    Ok(view::page(
        visitor,
        "New deal",
        &html! {
            p.crumbs { a href="/deals" { "Deals" } }
            div.head { h1 { "New deal" } }
            (form::form(visitor, ("/deals/new", "Add the deal"), (asked, fault), (&people, &pipelines)))
        },
    ))
}

pub async fn submit(posted: Posted) -> Response {
    let (visitor, fields) = (&posted.visitor, &posted.fields);
    let made = create(visitor, fields).await;
    then(made, |deal| format!("/deals/{}", deal.id), async |fault| page(visitor, fields, Some(fault)).await)
        .await
}

async fn create(visitor: &CurrentUser, fields: &Fields) -> Result<DealView, PageError> {
    let mut args = form::company(visitor, fields, fields.args::<CreateDeal>()).await?;
    args.retain(|name, value| name != "company_id" || *value != Value::Null);
    args.extend(
        fields.get("contact_ids").map(|id| named::<CreateDeal>(&[("contact_ids", id)])).unwrap_or_default(),
    );
    visitor.send::<CreateDeal>(args).await
}

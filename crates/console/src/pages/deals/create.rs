//! A new deal.

use super::{board::pipelines, form, people::People};
use crate::{CurrentUser, Fields, PageError, Posted, Query, named, pages::record::then, view};
use axum::response::Response;
use g8_deals::deal::{CreateDeal, DealView};
use g8_domain::Scope;
use g8_records::company;
use maud::{Markup, html};
use serde_json::Value;

pub async fn show(user: CurrentUser, Query(mut query): Query) -> Result<Markup, PageError> {
    user.caller().require(&[Scope::DEALS_WRITE])?;
    if let Some(id) = query.get("company_id").map(str::to_owned) {
        let company =
            user.send::<company::GetCompany>(named::<company::GetCompany>(&[("company_id", &id)])).await?;
        let name = company.row.name.or(company.row.domain).unwrap_or(id);
        query.push("company".to_owned(), name.clone());
        query.push("was_company".to_owned(), name);
    }
    if let Some(id) = query.get("contact_id").map(str::to_owned) {
        query.push("contact_ids".to_owned(), id);
    }
    page(&user, &query, None).await
}

async fn page(user: &CurrentUser, asked: &Fields, fault: Option<&PageError>) -> Result<Markup, PageError> {
    let (people, pipelines) = (People::read(user).await?, pipelines(user).await?);
    Ok(view::page(
        user,
        "New deal",
        &html! {
            p.crumbs { a href="/deals" { "Deals" } }
            div.head { h1 { "New deal" } }
            (form::form(user, ("/deals/new", "Add the deal"), (asked, fault), (&people, &pipelines)))
        },
    ))
}

pub async fn submit(posted: Posted) -> Response {
    let (user, fields) = (&posted.user, &posted.fields);
    let made = create(user, fields).await;
    then(made, |deal| format!("/deals/{}", deal.id), async |fault| page(user, fields, Some(fault)).await)
        .await
}

async fn create(user: &CurrentUser, fields: &Fields) -> Result<DealView, PageError> {
    let mut args = form::company(user, fields, fields.args::<CreateDeal>()).await?;
    args.retain(|name, value| name != "company_id" || *value != Value::Null);
    args.extend(
        fields.get("contact_ids").map(|id| named::<CreateDeal>(&[("contact_ids", id)])).unwrap_or_default(),
    );
    user.send::<CreateDeal>(args).await
}

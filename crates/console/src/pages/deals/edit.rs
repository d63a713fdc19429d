//! Changing a deal.

use super::{form, people::People};
use crate::{CurrentUser, Fields, PageError, Posted, named, pages::record::then, view};
use axum::{extract::Path, response::Response};
use g8_deals::deal::{DealView, GetDeal, UpdateDeal};
use g8_domain::Scope;
use maud::{Markup, html};

pub async fn show(Path(id): Path<String>, visitor: CurrentUser) -> Result<Markup, PageError> {
    visitor.caller().require(&[Scope::DEALS_WRITE])?;
    let deal = visitor.send::<GetDeal>(named::<GetDeal>(&[("deal_id", &id)])).await?;
    page(&visitor, &id, &form::stored(&deal), None).await
}

async fn page(
    visitor: &CurrentUser,
    id: &str,
    asked: &Fields,
    fault: Option<&PageError>,
) -> Result<Markup, PageError> {
    let (path, people) = (format!("/deals/{id}"), People::read(visitor).await?);
    Ok(view::page(
        visitor,
        "Edit deal",
        &html! {
            p.crumbs { a href=(path) { "Back to the deal" } }
            div.head { h1 { "Edit deal" } }
            (form::form(visitor, (&format!("{path}/edit"), "Save"), (asked, fault), (&people, &[])))
        },
    ))
}

pub async fn submit(Path(id): Path<String>, posted: Posted) -> Response {
    let (visitor, fields) = (&posted.visitor, &posted.fields);
    let done = update(visitor, &id, fields).await;
    then(done, |_| format!("/deals/{id}"), async |fault| page(visitor, &id, fields, Some(fault)).await).await
}

async fn update(visitor: &CurrentUser, id: &str, fields: &Fields) -> Result<DealView, PageError> {
    let mut args = form::company(visitor, fields, fields.changes::<UpdateDeal>()).await?;
    args.extend(named::<UpdateDeal>(&[("deal_id", id)]));
    visitor.send::<UpdateDeal>(args).await
}

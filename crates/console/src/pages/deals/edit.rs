//! Changing a deal.

use super::{form, people::People};
use crate::{CurrentUser, Fields, PageError, Posted, named, pages::record::then, view};
use axum::{extract::Path, response::Response};
use g8_deals::deal::{DealView, GetDeal, UpdateDeal};
use g8_domain::Scope;
use maud::{Markup, html};

pub async fn show(Path(id): Path<String>, user: CurrentUser) -> Result<Markup, PageError> {
    user.caller().require(&[Scope::DEALS_WRITE])?;
    let deal = user.send::<GetDeal>(named::<GetDeal>(&[("deal_id", &id)])).await?;
    page(&user, &id, &form::stored(&deal), None).await
}

async fn page(
    user: &CurrentUser,
    id: &str,
    asked: &Fields,
    fault: Option<&PageError>,
) -> Result<Markup, PageError> {
    let (path, people) = (format!("/deals/{id}"), People::read(user).await?);
    Ok(view::page(
        user,
        "Edit deal",
        &html! {
            p.crumbs { a href=(path) { "Back to the deal" } }
            div.head { h1 { "Edit deal" } }
            (form::form(user, (&format!("{path}/edit"), "Save"), (asked, fault), (&people, &[])))
        },
    ))
}

pub async fn submit(Path(id): Path<String>, posted: Posted) -> Response {
    let (user, fields) = (&posted.user, &posted.fields);
    let done = update(user, &id, fields).await;
    then(done, |_| format!("/deals/{id}"), async |fault| page(user, &id, fields, Some(fault)).await).await
}

async fn update(user: &CurrentUser, id: &str, fields: &Fields) -> Result<DealView, PageError> {
    let mut args = form::company(user, fields, fields.changes::<UpdateDeal>()).await?;
    args.extend(named::<UpdateDeal>(&[("deal_id", id)]));
    user.send::<UpdateDeal>(args).await
}

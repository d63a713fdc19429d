//! A new company.

use super::form::form;
use crate::{CurrentUser, Fields, PageError, Posted, Query, pages::record::then, view};
use axum::response::Response;
use g8_domain::Scope;
use g8_records::company::CreateCompany;
use maud::{Markup, html};

pub async fn show(user: CurrentUser, Query(query): Query) -> Result<Markup, PageError> {
    user.caller().require(&[Scope::COMPANIES_WRITE])?;
    Ok(page(&user, &query, None))
}

fn page(user: &CurrentUser, asked: &Fields, fault: Option<&PageError>) -> Markup {
    view::page(
        user,
        "New company",
        &html! {
            div.head { h1 { "New company" } }
            (form(user, "/companies/new", "Add the company", asked, fault))
        },
    )
}

pub async fn submit(posted: Posted) -> Response {
    let (user, fields) = (&posted.user, &posted.fields);
    let made = user.send::<CreateCompany>(fields.args::<CreateCompany>()).await;
    then(
        made,
        |made| format!("/companies/{}", made.row.id),
        async |fault| Ok(page(user, fields, Some(fault))),
    )
    .await
}

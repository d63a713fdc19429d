//! A new company.

use super::form::form;
use crate::{CurrentUser, Fields, PageError, Posted, Query, pages::record::then, view};
use axum::response::Response;
use g8_domain::Scope;
use g8_records::company::CreateCompany;
use maud::{Markup, html};

pub async fn show(visitor: CurrentUser, Query(query): Query) -> Result<Markup, PageError> {
    visitor.caller().require(&[Scope::COMPANIES_WRITE])?;
    Ok(page(&visitor, &query, None))
}

fn page(visitor: &CurrentUser, asked: &Fields, fault: Option<&PageError>) -> Markup {
    view::page(
        visitor,
        "New company",
        &html! {
            div.head { h1 { "New company" } }
            (form(visitor, "/companies/new", "Add the company", asked, fault))
        },
    )
}

pub async fn submit(posted: Posted) -> Response {
    let (visitor, fields) = (&posted.visitor, &posted.fields);
    let made = visitor.send::<CreateCompany>(fields.args::<CreateCompany>()).await;
    then(
        made,
        |made| format!("/companies/{}", made.row.id),
        async |fault| Ok(page(visitor, fields, Some(fault))),
    )
    .await
}

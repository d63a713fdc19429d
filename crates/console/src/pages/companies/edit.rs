//! Changing a company.

use super::form::{form, stored};
use crate::{CurrentUser, Fields, PageError, Posted, named, pages::record::then, view};
use axum::{extract::Path, response::Response};
use g8_domain::Scope;
use g8_records::company::{GetCompany, UpdateCompany};
use maud::{Markup, html};

pub async fn show(Path(id): Path<String>, user: CurrentUser) -> Result<Markup, PageError> {
    user.caller().require(&[Scope::COMPANIES_WRITE])?;
    let company = user.send::<GetCompany>(named::<GetCompany>(&[("company_id", &id)])).await?;
    Ok(page(&user, &id, &stored(&company), None))
}

fn page(user: &CurrentUser, id: &str, asked: &Fields, fault: Option<&PageError>) -> Markup {
    let path = format!("/companies/{id}");
    view::page(
        user,
        "Edit company",
        &html! {
            p.crumbs { a href=(path) { "Back to the company" } }
            div.head { h1 { "Edit company" } }
            (form(user, &format!("{path}/edit"), "Save", asked, fault))
        },
    )
}

pub async fn submit(Path(id): Path<String>, posted: Posted) -> Response {
    let (user, fields) = (&posted.user, &posted.fields);
    let mut args = fields.changes::<UpdateCompany>();
    args.extend(named::<UpdateCompany>(&[("company_id", &id)]));
    let done = user.send::<UpdateCompany>(args).await;
    then(done, |_| format!("/companies/{id}"), async |fault| Ok(page(user, &id, fields, Some(fault)))).await
}

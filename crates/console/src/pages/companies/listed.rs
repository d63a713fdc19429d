//! Putting a company on a list, and taking it off.

use super::show::page;
use crate::{Posted, named, pages::record::then};
use axum::{extract::Path, response::Response};
use g8_records::list::{AddCompaniesToList, RemoveCompaniesFromList};

pub async fn add(Path(id): Path<String>, posted: Posted) -> Response {
    let (user, list) = (&posted.user, posted.fields.get("list_id").unwrap_or_default());
    let args = named::<AddCompaniesToList>(&[("list_id", list), ("company_ids", &id)]);
    let done = user.send::<AddCompaniesToList>(args).await;
    then(done, |_| format!("/companies/{id}"), async |fault| page(user, &id, Some(fault)).await).await
}

pub async fn remove(Path(id): Path<String>, posted: Posted) -> Response {
    let (user, list) = (&posted.user, posted.fields.get("list_id").unwrap_or_default());
    let args = named::<RemoveCompaniesFromList>(&[("list_id", list), ("company_ids", &id)]);
    let done = user.send::<RemoveCompaniesFromList>(args).await;
    then(done, |_| format!("/companies/{id}"), async |fault| page(user, &id, Some(fault)).await).await
}

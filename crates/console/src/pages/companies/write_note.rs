//! A note on a company.

use super::show::page;
use crate::{Posted, named, pages::record::then};
use axum::{extract::Path, response::Response};
use g8_records::note::CreateNoteOnCompany;

pub async fn submit(Path(id): Path<String>, posted: Posted) -> Response {
    let (visitor, fields) = (&posted.visitor, &posted.fields);
    let mut args = fields.args::<CreateNoteOnCompany>();
    args.extend(named::<CreateNoteOnCompany>(&[("company_id", &id)]));
    let done = visitor.send::<CreateNoteOnCompany>(args).await;
    then(done, |_| format!("/companies/{id}"), async |fault| page(visitor, &id, Some(fault)).await).await
}

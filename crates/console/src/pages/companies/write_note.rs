//! A note on a company.

use super::show::page;
use crate::{Posted, named, pages::record::then};
use axum::{extract::Path, response::Response};
use g8_records::note::CreateNoteOnCompany;

pub async fn submit(Path(id): Path<String>, posted: Posted) -> Response {
    let (user, fields) = (&posted.user, &posted.fields);
    let mut args = fields.args::<CreateNoteOnCompany>();
    args.extend(named::<CreateNoteOnCompany>(&[("company_id", &id)]));
    let done = user.send::<CreateNoteOnCompany>(args).await;
    then(done, |_| format!("/companies/{id}"), async |fault| page(user, &id, Some(fault)).await).await
}

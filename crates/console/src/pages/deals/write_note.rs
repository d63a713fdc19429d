//! A note on a deal.

use super::show::page;
use crate::{Posted, named, pages::record::then};
use axum::{extract::Path, response::Response};
use g8_records::note::CreateOnDeal;

pub async fn submit(Path(id): Path<String>, posted: Posted) -> Response {
    let (visitor, fields) = (&posted.visitor, &posted.fields);
    let mut args = fields.args::<CreateOnDeal>();
    args.extend(named::<CreateOnDeal>(&[("deal_id", &id)]));
    let done = visitor.send::<CreateOnDeal>(args).await;
    then(done, |_| format!("/deals/{id}"), async |fault| page(visitor, &id, Some(fault)).await).await
}

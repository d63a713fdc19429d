//! A note on a deal.

use super::show::page;
use crate::{Posted, named, pages::record::then};
use axum::{extract::Path, response::Response};
use g8_records::note::CreateNoteOnDeal;

pub async fn submit(Path(id): Path<String>, posted: Posted) -> Response {
    let (user, fields) = (&posted.user, &posted.fields);
    let mut args = fields.args::<CreateNoteOnDeal>();
    args.extend(named::<CreateNoteOnDeal>(&[("deal_id", &id)]));
    let done = user.send::<CreateNoteOnDeal>(args).await;
    then(done, |_| format!("/deals/{id}"), async |fault| page(user, &id, Some(fault)).await).await
}

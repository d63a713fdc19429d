//! A note on a contact.

use super::show::page;
use crate::{Posted, named, pages::record::then};
use axum::{extract::Path, response::Response};
use g8_records::note::CreateNoteOnContact;

pub async fn submit(Path(id): Path<String>, posted: Posted) -> Response {
    let (user, fields) = (&posted.user, &posted.fields);
    let mut args = fields.args::<CreateNoteOnContact>();
    args.extend(named::<CreateNoteOnContact>(&[("contact_id", &id)]));
    let done = user.send::<CreateNoteOnContact>(args).await;
    then(done, |_| format!("/contacts/{id}"), async |fault| page(user, &id, Some(fault)).await).await
}

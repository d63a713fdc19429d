//! Putting a contact on a list, and taking it off.

use super::show::page;
use crate::{Posted, named, pages::record::then};
use axum::{extract::Path, response::Response};
use g8_records::list::{AddContactsToList, RemoveContactsFromList};

pub async fn add(Path(id): Path<String>, posted: Posted) -> Response {
    let (visitor, list) = (&posted.visitor, posted.fields.get("list_id").unwrap_or_default());
    let args = named::<AddContactsToList>(&[("list_id", list), ("contact_ids", &id)]);
    let done = visitor.send::<AddContactsToList>(args).await;
    then(done, |_| format!("/contacts/{id}"), async |fault| page(visitor, &id, Some(fault)).await).await
}

pub async fn remove(Path(id): Path<String>, posted: Posted) -> Response {
    let (visitor, list) = (&posted.visitor, posted.fields.get("list_id").unwrap_or_default());
    let args = named::<RemoveContactsFromList>(&[("list_id", list), ("contact_ids", &id)]);
    let done = visitor.send::<RemoveContactsFromList>(args).await;
    then(done, |_| format!("/contacts/{id}"), async |fault| page(visitor, &id, Some(fault)).await).await
}

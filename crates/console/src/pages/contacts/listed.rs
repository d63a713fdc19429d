//! Putting a contact on a list, and taking it off.

use super::show::page;
use crate::{Posted, named, pages::record::then};
use axum::{extract::Path, response::Response};
use g8_records::list::{AddContactsToList, RemoveContactsFromList};

pub async fn add(Path(id): Path<String>, posted: Posted) -> Response {
    let (user, list) = (&posted.user, posted.fields.get("list_id").unwrap_or_default());
    let args = named::<AddContactsToList>(&[("list_id", list), ("contact_ids", &id)]);
    let done = user.send::<AddContactsToList>(args).await;
    then(done, |_| format!("/contacts/{id}"), async |fault| page(user, &id, Some(fault)).await).await
}

pub async fn remove(Path(id): Path<String>, posted: Posted) -> Response {
    let (user, list) = (&posted.user, posted.fields.get("list_id").unwrap_or_default());
    let args = named::<RemoveContactsFromList>(&[("list_id", list), ("contact_ids", &id)]);
    let done = user.send::<RemoveContactsFromList>(args).await;
    then(done, |_| format!("/contacts/{id}"), async |fault| page(user, &id, Some(fault)).await).await
}

//! Who takes part in a deal: joining, leaving, and what they have to say in it.

use super::show::page;
use crate::{CurrentUser, PageError, Posted, named, pages::record::then};
use axum::{extract::Path, response::Response};
use g8_deals::deal::{DealView, SetDealRole, UpdateDeal};
use g8_domain::Error;
use g8_records::contact;

pub async fn add(Path(id): Path<String>, posted: Posted) -> Response {
    let done = join(&posted.user, &id, posted.fields.get("email").unwrap_or_default()).await;
    finish(&posted.user, &id, done).await
}

pub async fn remove(Path(id): Path<String>, posted: Posted) -> Response {
    let contact = posted.fields.get("contact_id").unwrap_or_default();
    let args = named::<UpdateDeal>(&[("deal_id", &id), ("remove_contact_ids", contact)]);
    let done = posted.user.send::<UpdateDeal>(args).await;
    finish(&posted.user, &id, done).await
}

pub async fn role(Path(id): Path<String>, posted: Posted) -> Response {
    let mut args = posted.fields.changes::<SetDealRole>();
    args.extend(named::<SetDealRole>(&[("deal_id", &id)]));
    let done = posted.user.send::<SetDealRole>(args).await;
    finish(&posted.user, &id, done).await
}

async fn finish(user: &CurrentUser, id: &str, done: Result<DealView, PageError>) -> Response {
    then(done, |_| format!("/deals/{id}"), async |fault| page(user, id, Some(fault)).await).await
}

async fn join(user: &CurrentUser, id: &str, email: &str) -> Result<DealView, PageError> {
    let asked = named::<contact::ListContacts>(&[("email", email), ("limit", "1")]);
    let found = user.send::<contact::ListContacts>(asked).await?.data.into_iter().next();
    let found = found.filter(|_| !email.is_empty());
    let contact = found.ok_or_else(|| Error::rule("No contact has this e-mail address."))?.id.to_string();
    user.send::<UpdateDeal>(named::<UpdateDeal>(&[("deal_id", id), ("add_contact_ids", &contact)])).await
}

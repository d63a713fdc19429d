//! Deleting a contact.

use crate::{PageError, Posted, named};
use axum::{extract::Path, response::Redirect};
use g8_records::contact::DeleteContact;

pub async fn submit(Path(id): Path<String>, posted: Posted) -> Result<Redirect, PageError> {
    posted.user.send::<DeleteContact>(named::<DeleteContact>(&[("contact_id", &id)])).await?;
    Ok(Redirect::to("/contacts"))
}

//! Deleting a contact.

use crate::{Fault, Posted, named};
use axum::{extract::Path, response::Redirect};
use g8_records::contact::Delete;

pub async fn submit(Path(id): Path<String>, posted: Posted) -> Result<Redirect, Fault> {
    posted.visitor.send::<Delete>(named::<Delete>(&[("contact_id", &id)])).await?;
    Ok(Redirect::to("/contacts"))
}

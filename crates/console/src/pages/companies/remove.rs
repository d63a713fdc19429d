//! Deleting a company.

use crate::{Fault, Posted, named};
use axum::{extract::Path, response::Redirect};
use g8_records::company::Delete;

pub async fn submit(Path(id): Path<String>, posted: Posted) -> Result<Redirect, Fault> {
    posted.visitor.send::<Delete>(named::<Delete>(&[("company_id", &id)])).await?;
    Ok(Redirect::to("/companies"))
}

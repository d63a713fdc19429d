//! Deleting a company.

use crate::{PageError, Posted, named};
use axum::{extract::Path, response::Redirect};
use g8_records::company::DeleteCompany;

pub async fn submit(Path(id): Path<String>, posted: Posted) -> Result<Redirect, PageError> {
    posted.user.send::<DeleteCompany>(named::<DeleteCompany>(&[("company_id", &id)])).await?;
    Ok(Redirect::to("/companies"))
}

//! Deleting a deal.

use crate::{PageError, Posted, named};
use axum::{extract::Path, response::Redirect};
use g8_deals::deal::DeleteDeal;

pub async fn submit(Path(id): Path<String>, posted: Posted) -> Result<Redirect, PageError> {
    posted.user.send::<DeleteDeal>(named::<DeleteDeal>(&[("deal_id", &id)])).await?;
    Ok(Redirect::to("/deals"))
}

//! Deleting a task.

use crate::{Fault, Posted, named};
use axum::{extract::Path, response::Redirect};
use g8_deals::task::Delete;

pub async fn submit(Path(id): Path<String>, posted: Posted) -> Result<Redirect, Fault> {
    posted.visitor.send::<Delete>(named::<Delete>(&[("task_id", &id)])).await?;
    Ok(Redirect::to("/tasks"))
}

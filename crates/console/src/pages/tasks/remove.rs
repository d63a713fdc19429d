//! Deleting a task.

use crate::{PageError, Posted, named};
use axum::{extract::Path, response::Redirect};
use g8_deals::task::DeleteTask;

pub async fn submit(Path(id): Path<String>, posted: Posted) -> Result<Redirect, PageError> {
    posted.user.send::<DeleteTask>(named::<DeleteTask>(&[("task_id", &id)])).await?;
    Ok(Redirect::to("/tasks"))
}

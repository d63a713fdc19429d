//! Tasks: what there is to do, by whom and until when.

mod act;
mod create;
mod form;
mod index;
mod remove;
mod show;

use axum::{
    Router,
    routing::{get, post},
};
use g8_doors::http::HttpState;

pub fn routes() -> Router<HttpState> {
    Router::new()
        .route("/tasks", get(index::show))
        .route("/tasks/new", get(create::show).post(create::submit))
        .route("/tasks/{task_id}", get(show::show).post(show::submit))
        .route("/tasks/{task_id}/complete", post(act::complete))
        .route("/tasks/{task_id}/reopen", post(act::reopen))
        .route("/tasks/{task_id}/skip", post(act::skip))
        .route("/tasks/{task_id}/delete", post(remove::submit))
}

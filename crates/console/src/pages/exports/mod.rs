//! Files of what is stored, made by a worker.

mod begin;
mod file;
mod show;

pub use begin::button;

use axum::{
    Router,
    routing::{get, post},
};
use g8_doors::http::HttpState;

pub fn routes() -> Router<HttpState> {
    Router::new()
        .route("/exports", post(begin::submit))
        .route("/exports/{export_id}", get(show::show))
        .route("/exports/{export_id}/file", get(file::show))
}

//! Files of contacts and companies that are read in.

mod cancel;
mod create;
mod faults;
mod index;
mod progress;
mod show;

use axum::{
    Router,
    routing::{get, post},
};
use g8_doors::http::HttpState;

pub fn routes() -> Router<HttpState> {
    Router::new()
        .route("/imports", get(index::show))
        .route("/imports/new", get(create::show))
        .route("/imports/{import_id}", get(show::show))
        .route("/imports/{import_id}/cancel", post(cancel::submit))
        .route("/imports/{import_id}/faults.csv", get(faults::show))
}

/// What takes as long as the file takes to come in.
pub fn files() -> Router<HttpState> {
    Router::new().route("/imports/upload", post(create::submit))
}

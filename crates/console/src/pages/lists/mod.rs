//! Lists of contacts and of companies.

mod change;
mod create;
mod index;
mod members;
mod show;

use axum::{
    Router,
    routing::{get, post},
};
use g8_doors::http::HttpState;

pub fn routes() -> Router<HttpState> {
    Router::new()
        .route("/lists", get(index::show))
        .route("/lists/new", get(create::show).post(create::submit))
        .route("/lists/{list_id}", get(show::show))
        .route("/lists/{list_id}/rename", post(change::rename))
        .route("/lists/{list_id}/delete", post(change::delete))
        .route("/lists/{list_id}/add", post(members::add))
        .route("/lists/{list_id}/remove", post(members::remove))
}

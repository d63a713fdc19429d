//! Companies: found, seen, made, changed, put on lists, deleted.

mod create;
mod edit;
mod form;
mod index;
mod listed;
mod remove;
mod show;
mod write_note;

use axum::{
    Router,
    routing::{get, post},
};
use g8_doors::http::HttpState;

pub fn routes() -> Router<HttpState> {
    Router::new()
        .route("/companies", get(index::show))
        .route("/companies/new", get(create::show).post(create::submit))
        .route("/companies/{company_id}", get(show::show))
        .route("/companies/{company_id}/edit", get(edit::show).post(edit::submit))
        .route("/companies/{company_id}/delete", post(remove::submit))
        .route("/companies/{company_id}/notes", post(write_note::submit))
        .route("/companies/{company_id}/lists", post(listed::add))
        .route("/companies/{company_id}/lists/remove", post(listed::remove))
}

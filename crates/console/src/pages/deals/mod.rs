//! Deals: the board of a pipeline, a search, and each with its history.

mod board;
mod create;
mod edit;
mod form;
mod index;
mod moving;
mod parties;
mod people;
mod remove;
mod show;
mod write_note;

pub use people::People;

use axum::{
    Router,
    routing::{get, post},
};
use g8_doors::http::HttpState;

pub fn routes() -> Router<HttpState> {
    Router::new()
        .route("/deals", get(board::show))
        .route("/deals/list", get(index::show))
        .route("/deals/new", get(create::show).post(create::submit))
        .route("/deals/{deal_id}", get(show::show))
        .route("/deals/{deal_id}/edit", get(edit::show).post(edit::submit))
        .route("/deals/{deal_id}/move", post(moving::submit))
        .route("/deals/{deal_id}/delete", post(remove::submit))
        .route("/deals/{deal_id}/notes", post(write_note::submit))
        .route("/deals/{deal_id}/contacts", post(parties::add))
        .route("/deals/{deal_id}/contacts/role", post(parties::role))
        .route("/deals/{deal_id}/contacts/remove", post(parties::remove))
}

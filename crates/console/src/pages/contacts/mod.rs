//! People: found, seen, made, changed, put on lists, deleted.

mod create;
mod edit;
mod form;
mod index;
mod listed;
mod remove;
mod show;
mod write_note;

pub use index::employer;

use axum::{
    Router,
    routing::{get, post},
};
use g8_doors::http::HttpState;

pub fn routes() -> Router<HttpState> {
    Router::new()
        .route("/contacts", get(index::show))
        .route("/contacts/new", get(create::show).post(create::submit))
        .route("/contacts/{contact_id}", get(show::show))
        .route("/contacts/{contact_id}/edit", get(edit::show).post(edit::submit))
        .route("/contacts/{contact_id}/delete", post(remove::submit))
        .route("/contacts/{contact_id}/notes", post(write_note::submit))
        .route("/contacts/{contact_id}/lists", post(listed::add))
        .route("/contacts/{contact_id}/lists/remove", post(listed::remove))
}

//! For programs and assistants of one's own.

mod assistants;
mod setup;
mod show;

use axum::{
    Router,
    routing::{get, post},
};
use g8_doors::http::HttpState;

pub fn routes() -> Router<HttpState> {
    Router::new()
        .route("/profile/developer", get(show::show))
        .route("/profile/developer/assistants/{assistant_id}/disconnect", post(assistants::disconnect))
}

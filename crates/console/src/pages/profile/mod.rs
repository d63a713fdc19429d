//! What is one's own: the account, its second factor, its browsers, organisations and keys.

mod account;
mod developer;
mod organizations;
mod second;

use axum::{
    Router,
    routing::{get, post},
};
use g8_doors::http::HttpState;

pub fn routes() -> Router<HttpState> {
    Router::new()
        .route("/profile", get(account::show))
        .route("/profile/password", post(account::change_password))
        .route("/profile/sessions/end", post(account::end_session))
        .route("/profile/sessions/end-others", post(account::end_others))
        .route("/profile/second-factor", get(second::show).post(second::confirm))
        .route("/profile/second-factor/off", post(second::off))
        .route("/profile/organizations", get(organizations::show).post(organizations::switch))
        .merge(developer::routes())
}

//! Who works in the organisation.

mod change;
mod invitations;
mod invite;
mod show;

use super::one;
use axum::{
    Router,
    routing::{get, post},
};
use g8_doors::http::HttpState;

const PATH: &str = "/settings/members";

pub fn routes() -> Router<HttpState> {
    Router::new()
        .route(PATH, get(show::show))
        .route("/settings/members/invite", post(invite::submit))
        .route("/settings/members/rename", post(change::rename))
        .route("/settings/members/{user_id}/role", post(change::role))
        .route("/settings/members/{user_id}/remove", post(change::remove))
        .route("/settings/members/invitations/{invitation_id}/revoke", post(change::revoke))
}

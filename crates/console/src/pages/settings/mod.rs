//! Settings of the organisation.

mod api;

use axum::{
    Router,
    routing::{get, post},
};
use g8_doors::http::Site;

pub fn routes() -> Router<Site> {
    Router::new()
        .route("/settings/api", get(api::list::show))
        .route("/settings/api/new", get(api::create::show).post(api::create::submit))
        .route("/settings/api/{api_key_id}/rotate", post(api::end::rotate))
        .route("/settings/api/{api_key_id}/revoke", post(api::end::revoke))
}

//! Settings of the organisation.

pub mod api;
mod audit;
mod members;
mod requests;
mod usage;
mod webhooks;

use axum::{
    Router,
    routing::{get, post},
};
use g8_core::Args;
use g8_doors::http::HttpState;

pub fn routes() -> Router<HttpState> {
    Router::new()
        .route("/settings/api", get(api::list::show))
        .route("/settings/api/new", get(api::create::show).post(api::create::submit))
        .route("/settings/api/{api_key_id}/rotate", post(api::end::rotate))
        .route("/settings/api/{api_key_id}/revoke", post(api::end::revoke))
        .route("/settings/requests", get(requests::show))
        .route("/settings/audit", get(audit::show))
        .route("/settings/usage", get(usage::show))
        .merge(members::routes())
        .merge(webhooks::routes())
}

/// The arguments of an operation on one record.
fn one(field: &str, id: &str) -> Args {
    [(field.to_owned(), id.into())].into_iter().collect()
}

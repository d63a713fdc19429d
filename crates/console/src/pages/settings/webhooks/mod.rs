//! Webhooks: where events are sent, what became of each, and what is done when it fails.

mod act;
mod create;
mod deliveries;
mod delivery;
mod edit;
mod form;
mod list;
mod secret;
mod show;
mod words;

use super::one;
use axum::{
    Router,
    routing::{get, post},
};
use g8_doors::http::HttpState;

pub fn routes() -> Router<HttpState> {
    Router::new()
        .route("/settings/webhooks", get(list::show))
        .route("/settings/webhooks/new", get(create::show).post(create::submit))
        .route("/settings/webhooks/{webhook_id}", get(show::show))
        .route("/settings/webhooks/{webhook_id}/edit", get(edit::show).post(edit::submit))
        .route("/settings/webhooks/{webhook_id}/test", post(act::test))
        .route("/settings/webhooks/{webhook_id}/resume", post(act::resume))
        .route("/settings/webhooks/{webhook_id}/pause", post(act::pause))
        .route("/settings/webhooks/{webhook_id}/rotate", post(act::rotate))
        .route("/settings/webhooks/{webhook_id}/resend-missing", post(act::resend_missing))
        .route("/settings/webhooks/{webhook_id}/delete", post(act::delete))
        .route("/settings/webhooks/{webhook_id}/deliveries/{delivery_id}", get(delivery::show))
        .route("/settings/webhooks/{webhook_id}/deliveries/{delivery_id}/resend", post(act::resend))
}

/// Where a webhook's page is.
fn path(id: impl std::fmt::Display) -> String {
    format!("/settings/webhooks/{id}")
}

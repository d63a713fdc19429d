//! The pages, a folder an area and a file a page.

mod notifications;
mod oauth;
mod profile;
mod settings;
mod sign_in;

use crate::Visitor;
use axum::{Router, response::Redirect, routing::get};
use g8_domain::Scope;
use g8_doors::http::Site;

/// Pages that are answered in time.
pub fn timed() -> Router<Site> {
    Router::new()
        .route("/", get(start))
        .merge(sign_in::routes())
        .merge(oauth::routes())
        .merge(profile::routes())
        .merge(settings::routes())
        .merge(notifications::routes())
}

/// Pages that take files, for as long as those come in.
pub fn files() -> Router<Site> {
    Router::new()
}

async fn start(visitor: Visitor) -> Redirect {
    Redirect::to(if visitor.may(Scope::CONTACTS_READ) { "/contacts" } else { "/profile" })
}

//! The pages, a folder an area and a file a page.

mod companies;
mod contacts;
mod deals;
mod exports;
mod imports;
mod lists;
mod notifications;
mod oauth;
mod profile;
mod record;
mod settings;
mod sign_in;
mod tasks;

use crate::CurrentUser;
use axum::{Router, response::Redirect, routing::get};
use g8_domain::Scope;
use g8_doors::http::HttpState;

/// Pages that are answered in time.
pub fn timed() -> Router<HttpState> {
    Router::new()
        .route("/", get(start))
        .merge(sign_in::routes())
        .merge(oauth::routes())
        .merge(profile::routes())
        .merge(settings::routes())
        .merge(notifications::routes())
        .merge(contacts::routes())
        .merge(companies::routes())
        .merge(lists::routes())
        .merge(deals::routes())
        .merge(tasks::routes())
        .merge(imports::routes())
        .merge(exports::routes())
}

/// Pages that take files, for as long as those come in.
pub fn files() -> Router<HttpState> {
    Router::new().merge(imports::files())
}

async fn start(user: CurrentUser) -> Redirect {
    Redirect::to(if user.may(Scope::CONTACTS_READ) { "/contacts" } else { "/profile" })
}

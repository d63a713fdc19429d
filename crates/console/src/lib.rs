//! The console: pages that a person works with in a browser.
//!
//! Pages are made on the server and need no script to work; the little there is makes them livelier. Whatever a page
//! shows or does is an operation, called as by every other door (`CurrentUser::call`); only what a person does to
//! their own account goes to [`g8_identity::people`]. `CurrentUser` is who is signed in, and `Posted` the only way
//! to a form's fields: both are refused to strangers, so that no page has to think of it.
//!
//! Beside them are the endpoints by which a program exchanges what a person agreed to on such a page (`oauth`).

mod assets;
mod cookie;
mod form;
mod guard;
mod oauth;
mod page_error;
mod pages;
mod session;
#[cfg(test)]
mod tests;
mod upload;
mod view;

pub(crate) use form::{Fields, Posted, Query, named};
pub(crate) use page_error::PageError;
pub(crate) use session::{Anonymous, CurrentUser};
pub(crate) use upload::UploadForm;

use axum::{Router, middleware::from_fn};
use g8_doors::http::{HttpState, More};

/// Every page, and what they are made of.
#[must_use]
pub fn routes() -> More {
    let guarded = |pages: Router<HttpState>| {
        let inner = pages.layer(from_fn(guard::in_task)).layer(from_fn(guard::same_origin));
        inner.layer(from_fn(guard::headers))
    };
    let timed = guarded(pages::timed()).merge(assets::routes()).merge(oauth::routes());
    More { timed, files: guarded(pages::files()) }
}

//! The console: pages that a person works with in a browser.
//!
//! Pages are made on the server and need no script to work; the little there is makes them livelier. Whatever a page
//! shows or does is an operation, called as by every other door (`Visitor::call`); only what a person does to
//! their own account goes to [`g8_service::people`]. `Visitor` is who is signed in, and `Posted` the only way
//! to a form's fields: both are refused to strangers, so that no page has to think of it.

mod assets;
mod cookie;
mod fault;
mod form;
mod guard;
mod pages;
#[cfg(test)]
mod tests;
mod upload;
mod view;
mod visitor;

pub(crate) use fault::Fault;
pub(crate) use form::{Fields, Posted, Query, named};
pub(crate) use upload::Upload;
pub(crate) use visitor::{Stranger, Visitor};

use axum::{Router, middleware::from_fn};
use g8_doors::http::{More, Site};

/// Every page, and what they are made of.
#[must_use]
pub fn routes() -> More {
    let guarded = |pages: Router<Site>| {
        let inner = pages.layer(from_fn(guard::in_task)).layer(from_fn(guard::same_origin));
        inner.layer(from_fn(guard::headers))
    };
    More { timed: guarded(pages::timed()).merge(assets::routes()), files: guarded(pages::files()) }
}

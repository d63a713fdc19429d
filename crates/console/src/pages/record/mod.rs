//! What the pages of contacts, companies and deals have in common: notes, tasks, deals, lists, what happened.

pub mod activity;
pub mod deals;
pub mod lists;
pub mod notes;
pub mod tasks;

use crate::PageError;
use axum::response::{IntoResponse, Redirect, Response};
use maud::Markup;

/// How many rows of each kind a record's page shows.
pub const ROWS: &str = "20";

/// On to a page after success; after a fault the form again, with what was wrong.
pub async fn then<T, F>(done: Result<T, PageError>, to: impl FnOnce(T) -> String, again: F) -> Response
where
    F: AsyncFnOnce(&PageError) -> Result<Markup, PageError>,
{
    match done {
        Ok(done) => Redirect::to(&to(done)).into_response(),
        Err(fault) => match again(&fault).await {
            Ok(page) => (fault.status(), page).into_response(),
            Err(worse) => worse.into_response(),
        },
    }
}

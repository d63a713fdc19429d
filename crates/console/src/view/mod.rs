//! The parts that pages are put together from.

mod layout;
mod parts;
mod records;
mod words;

pub use layout::{outside, page};
pub use parts::{
    Input, act, asking, checked_box, copyable, csrf, curl, empty, facts, hidden, pager, select, tag, tags,
    text_field, when, when_or,
};
pub use words::{role, roles};

pub use records::{
    aside, company, contact, contact_name, link_or, nothing_met, post, section, text_area, text_or,
};
pub use words::{count, day, due, money, number, word};

use axum::http::HeaderValue;

/// Nothing of a page is kept: it is somebody's own.
pub const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

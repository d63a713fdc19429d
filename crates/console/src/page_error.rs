//! What went wrong, as a page.

use crate::view;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use g8_domain::Error;
use maud::{Markup, html};

/// An error on its way to a page.
#[derive(Debug)]
pub struct PageError(pub Error);

impl From<Error> for PageError {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl PageError {
    /// The status that goes with it.
    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.0.kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// As a box above a form.
    pub fn notice(&self) -> Markup {
        html! { div.notice.bad role="alert" { (self.0.message) } }
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let status = self.status();
        let title = status.canonical_reason().unwrap_or("That did not work");
        let told = PageErrorText { title, message: self.0.message };
        let mut response = (status, told.page("")).into_response();
        response.extensions_mut().insert(told);
        response
    }
}

/// What a fault's page says: the request's id is added where that is known.
#[derive(Clone)]
pub struct PageErrorText {
    title: &'static str,
    message: String,
}

impl PageErrorText {
    /// The page, for the request with this id.
    pub fn page(&self, id: &str) -> Markup {
        let body = html! {
            h1 { (self.title) }
            div.notice.bad role="alert" { (self.message) }
            @if !id.is_empty() {
                p.small.faint { "Request " code.break { (id) } ": whoever operates this server finds it by that." }
            }
            p { a href="/" { "To the start" } }
        };
        view::outside(self.title, &body)
    }
}

//! What holds for every page: nothing foreign runs in it, frames it, or posts to it.

use crate::{PageError, page_error::PageErrorText};
use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use g8_domain::{Error, ErrorKind};
use g8_doors::http::request_id;

/// Everything a page loads is its own; nothing may frame it, and its forms go nowhere else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Adds the policy, except where a page brings its own, and to the page of a fault the request's id.
pub async fn headers(request: Request, next: Next) -> Response {
    let id = request_id(request.extensions());
    let mut response = next.run(request).await;
    if let Some(told) = response.extensions_mut().remove::<PageErrorText>() {
        *response.body_mut() = Body::from(told.page(&id).into_string());
    }
    let policy = HeaderValue::from_static(POLICY);
    response.headers_mut().entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    response
}

/// Answers in a task of its own: who hangs up does not stop a write half way, and a panic is a page.
pub async fn in_task(request: Request, next: Next) -> Response {
    let id = request_id(request.extensions());
    match tokio::spawn(next.run(request)).await {
        Ok(response) => response,
        Err(panic) => {
            tracing::error!(request_id = id, %panic, "panicked");
            PageError::from(Error::internal(panic)).into_response()
        }
    }
}

/// Refuses what another site's page sends: browsers say where a request comes from (Fetch Metadata; older ones by
/// `Origin`). The token in every form is the second lock.
pub async fn same_origin(request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if reads || is_own(request.headers()) {
        return next.run(request).await;
    }
    let message = "This came from another site's page; open the console and do it there.";
    PageError::from(Error::new(ErrorKind::Forbidden, message)).into_response()
}

fn is_own(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    match (text("sec-fetch-site"), text("origin")) {
        (Some(site), _) => site == "same-origin" || site == "none",
        (None, Some(origin)) => {
            let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
            origin.split_once("://").is_some_and(|(_, from)| from == host)
        }
        // No browser of today; the form's token decides.
        (None, None) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_may_post() {
        let of = |pairs: &[(&'static str, &'static str)]| {
            is_own(
                &pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect(),
            )
        };
        assert!(of(&[("sec-fetch-site", "same-origin")]));
        assert!(of(&[("host", "g8.example.com"), ("origin", "https://g8.example.com")]));
        assert!(of(&[]));
        for site in ["cross-site", "same-site", "nonsense"] {
            assert!(!of(&[("sec-fetch-site", site), ("host", "a"), ("origin", "https://a")]), "{site}");
        }
        assert!(!of(&[("host", "g8.example.com"), ("origin", "https://evil.example")]));
        assert!(!of(&[("host", "g8.example.com"), ("origin", "null")]));
    }
}

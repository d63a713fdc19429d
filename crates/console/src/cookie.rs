//! The cookie of a session (RFC 6265): for this host and over HTTPS only, out of reach of scripts.

use axum::http::{HeaderMap, HeaderValue, header, request::Parts};
use cookie::{Cookie, SameSite};
use g8_doors::http::{Site, is_https};
use g8_service::Token;

/// Browsers keep `__Host-` cookies to this very host and to HTTPS. On plain loopback they would not take one.
fn name(secure: bool) -> &'static str {
    if secure { "__Host-g8_session" } else { "g8_session" }
}

/// The session that a request shows.
pub fn shown(site: &Site, parts: &Parts) -> Option<String> {
    let name = name(is_https(site, parts));
    let cookies = parts.headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(Cookie::split_parse).flatten();
    pairs.find(|cookie| cookie.name() == name).map(|cookie| cookie.value().to_owned())
}

/// Gives the browser a session; without one, takes it away.
pub fn set(headers: &mut HeaderMap, secure: bool, token: Option<&Token>) {
    let mut cookie = Cookie::build((name(secure), token.map_or("", Token::reveal)))
        .path("/")
        .http_only(true)
        .secure(secure)
        .same_site(SameSite::Lax);
    if token.is_none() {
        cookie = cookie.max_age(cookie::time::Duration::ZERO);
    }
    if let Ok(value) = HeaderValue::from_str(&cookie.build().to_string()) {
        headers.append(header::SET_COOKIE, value);
    }
}

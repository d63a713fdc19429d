//! The cookie of a session (RFC 6265): for this host and over HTTPS only, out of reach of scripts.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderValue, header, request::Parts},
};
use cookie::{Cookie, CookieBuilder, SameSite};
use g8_core::Token;
use g8_doors::http::{HttpState, is_https};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use std::convert::Infallible;

/// Browsers keep `__Host-` cookies to this very host and to HTTPS. On plain loopback they would not take one.
fn name(secure: bool) -> &'static str {
    if secure { "__Host-g8_session" } else { "g8_session" }
}

/// The session that a request shows.
pub fn shown(parts: &Parts) -> Option<String> {
    read(&parts.headers, name(is_https(parts)))
}

fn read(headers: &HeaderMap, name: &str) -> Option<String> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(Cookie::split_parse).flatten();
    let found = pairs.find(|cookie| cookie.name() == name)?;
    Some(percent_decode_str(found.value()).decode_utf8().ok()?.into_owned())
}

fn put(headers: &mut HeaderMap, secure: bool, cookie: CookieBuilder<'_>) {
    // Lax: an identity provider sends people back from its own site.
    let cookie = cookie.path("/").http_only(true).secure(secure).same_site(SameSite::Lax);
    if let Ok(value) = HeaderValue::from_str(&cookie.build().to_string()) {
        headers.append(header::SET_COOKIE, value);
    }
}

/// What goes with somebody to an identity provider and back.
pub struct AuthorizationCookie(pub Option<String>);

impl FromRequestParts<HttpState> for AuthorizationCookie {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &HttpState) -> Result<Self, Infallible> {
        let name = if is_https(parts) { "__Host-g8_trip" } else { "g8_trip" };
        Ok(Self(read(&parts.headers, name)))
    }
}

/// Keeps it for ten minutes; nothing takes it away.
pub fn set_trip(headers: &mut HeaderMap, secure: bool, value: &str) {
    let name = if secure { "__Host-g8_trip" } else { "g8_trip" };
    let life =
        if value.is_empty() { cookie::time::Duration::ZERO } else { cookie::time::Duration::minutes(10) };
    let value = utf8_percent_encode(value, NON_ALPHANUMERIC).to_string();
    put(headers, secure, Cookie::build((name, value)).max_age(life));
}

/// Gives the browser a session; without one, takes it away.
pub fn set(headers: &mut HeaderMap, secure: bool, token: Option<&Token>) {
    let cookie = Cookie::build((name(secure), token.map_or("", Token::reveal)));
    let gone = cookie::time::Duration::ZERO;
    put(headers, secure, if token.is_none() { cookie.max_age(gone) } else { cookie });
}

//! What is left of a plan, in the headers of every answer to a known caller.

use axum::{
    extract::Request,
    http::{Extensions, HeaderMap, HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use g8_core::Quota;
use std::sync::{Arc, OnceLock};

/// What is left of the plan of a request's caller, once it is known who that is.
#[derive(Clone, Default)]
struct Left(Arc<OnceLock<Quota>>);

/// Tells what is left to whoever answers the request, be it that the work panicked or took too long.
pub fn note(extensions: &Extensions, quota: &Quota) {
    if let Some(left) = extensions.get::<Left>() {
        // The first count is the request's own.
        let _ = left.0.set(quota.clone());
    }
}

/// Shows what is left with every answer to a known caller.
pub async fn show(mut request: Request, next: Next) -> Response {
    let left = Left::default();
    request.extensions_mut().insert(left.clone());
    let mut response = next.run(request).await;
    if let Some(quota) = left.0.get() {
        write(response.headers_mut(), quota);
    }
    response
}

/// Writes graph8's headers (contract/platform.md §3) and those of draft-ietf-httpapi-ratelimit-headers-10.
/// A plan without limits has none.
fn write(headers: &mut HeaderMap, quota: &Quota) {
    let mut set = |name: &'static str, value: String| {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    };
    for (window, name) in [
        ("second", "x-ratelimit-limit-second"),
        ("minute", "x-ratelimit-limit-minute"),
        ("day", "x-ratelimit-limit-day"),
    ] {
        if let Some(meter) = quota.meter(window) {
            set(name, meter.limit.to_string());
        }
    }
    // Published clients read the minute; a plan without one shows its shortest window.
    if let Some(meter) = quota.meter("minute").or(quota.meters.first()) {
        let seconds = quota.at.unix_seconds() + meter.wait(quota.at);
        set("x-ratelimit-remaining", meter.remaining.to_string());
        set("x-ratelimit-reset", seconds.to_string());
    }
    if !quota.meters.is_empty() {
        let meters = || quota.meters.iter();
        let policy =
            meters().map(|meter| format!("\"{}\";q={};w={}", meter.name, meter.limit, meter.seconds));
        let left = meters()
            .map(|meter| format!("\"{}\";r={};t={}", meter.name, meter.remaining, meter.wait(quota.at)));
        set("ratelimit-policy", policy.collect::<Vec<_>>().join(", "));
        set("ratelimit", left.collect::<Vec<_>>().join(", "));
    }
}

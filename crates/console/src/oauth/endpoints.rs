//! One function an endpoint: what was sent, what the service makes of it.

use super::answer;
use axum::{
    Json,
    body::{Body, Bytes},
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use g8_domain::{Error, ErrorKind};
use g8_doors::http::{HttpState, pace, request_origin};
use g8_identity::oauth::{self, OauthError, Params, Registration};

/// Most bytes of a body; nothing that is meant here is longer.
const MOST: usize = 32 * 1024;

pub async fn metadata(State(site): State<HttpState>) -> Response {
    let kept = [(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"))];
    (kept, Json(oauth::metadata(&site.app))).into_response()
}

/// A browser asks whether its page may ask; the headers say so.
pub async fn preflight() -> StatusCode {
    StatusCode::NO_CONTENT
}

pub async fn token(State(site): State<HttpState>, request: Request) -> Response {
    let work = async move {
        let (mut parts, body) = request.into_parts();
        let params = form(&site, &mut parts, body).await?;
        let origin = request_origin(&site, &parts, "oauth");
        oauth::token(&site.app, &params, authorization(&parts), &origin).await
    };
    finish(work, |granted| answer::json(StatusCode::OK, &granted)).await
}

pub async fn revoke(State(site): State<HttpState>, request: Request) -> Response {
    let work = async move {
        let (mut parts, body) = request.into_parts();
        let params = form(&site, &mut parts, body).await?;
        let origin = request_origin(&site, &parts, "oauth");
        oauth::revoke(&site.app, &params, authorization(&parts), &origin).await
    };
    finish(work, |()| StatusCode::OK.into_response()).await
}

pub async fn register(State(site): State<HttpState>, request: Request) -> Response {
    let work = async move {
        let (mut parts, body) = request.into_parts();
        let body = read(&site, &mut parts, body).await?;
        let asks: Registration = serde_json::from_slice(&body).map_err(|_| malformed("client metadata"))?;
        oauth::register(&site.app, asks, &request_origin(&site, &parts, "oauth")).await
    };
    finish(work, |registered| answer::json(StatusCode::CREATED, &registered)).await
}

/// In a task of its own: a program that hangs up does not stop a write half way.
async fn finish<T: Send + 'static>(
    work: impl Future<Output = Result<T, OauthError>> + Send + 'static,
    shown: impl FnOnce(T) -> Response,
) -> Response {
    match tokio::spawn(work).await {
        Ok(Ok(done)) => shown(done),
        Ok(Err(fault)) => answer::fault(&fault),
        Err(panic) => {
            tracing::error!(%panic, "an OAuth request panicked");
            answer::fault(&Error::internal(panic).into())
        }
    }
}

async fn form(site: &HttpState, parts: &mut Parts, body: Body) -> Result<Params, OauthError> {
    let kind =
        parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return Err(malformed("body of application/x-www-form-urlencoded"));
    }
    Params::read(&read(site, parts, body).await?)
}

/// Nobody knows who asks here: the body comes as quickly as headers do.
async fn read(site: &HttpState, parts: &mut Parts, body: Body) -> Result<Bytes, OauthError> {
    pace::due(&mut parts.extensions, site.app.config.limits.header_seconds);
    Ok(pace::read(body, MOST, &parts.extensions).await?)
}

fn malformed(what: &str) -> OauthError {
    Error::new(ErrorKind::Invalid, format!("The request has no {what}.")).into()
}

fn authorization(parts: &Parts) -> Option<&[u8]> {
    parts.headers.get(header::AUTHORIZATION).map(HeaderValue::as_bytes)
}

//! One handler for every operation: who, what, run, answer.

use super::{Site, answer, request};
use axum::{
    RequestExt,
    body::to_bytes,
    extract::{ConnectInfo, RawPathParams, Request, State},
    http::{HeaderMap, Uri, header},
    response::Response,
};
use g8_domain::{Error, Kind, Result};
use g8_service::{Credential, Operation, Origin, wire};
use std::net::SocketAddr;
use url::form_urlencoded;

/// Runs an operation for a request, in a task of its own: a caller who hangs up does not stop a write
/// half way, and a panic is an answer, not a closed connection.
pub async fn run<O: Operation>(State(site): State<Site>, request: Request) -> Response {
    let id = request::id_of(&request);
    let task = tokio::spawn(answer::<O>(site, request));
    match task.await {
        Ok(Ok(output)) => answer::success::<O>(output),
        Ok(Err(error)) => answer::error(&id, &error),
        Err(panic) => {
            tracing::error!(request_id = id, operation = O::SPEC.name, %panic, "panicked");
            answer::error(&id, &Error::internal(panic))
        }
    }
}

async fn answer<O: Operation>(site: Site, mut request: Request) -> Result<O::Output> {
    let origin = Origin {
        request_id: request::id_of(&request),
        door: "http",
        address: request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip().to_string()),
    };
    let headers = request.headers();
    let authorization = headers.get(header::AUTHORIZATION).map(axum::http::HeaderValue::as_bytes);
    let org = headers.get("x-org-id").map(|value| value.to_str().unwrap_or_default());
    let caller = site.app.authenticate(Credential { authorization, org }).await?;
    let path = path(&mut request).await?;
    let query = query(request.uri())?;
    let headers = request.headers().clone();
    let body =
        to_bytes(request.into_body(), site.body_limit).await.map_err(|_| too_large(site.body_limit))?;
    is_json(&headers, &body)?;
    site.app.call::<O>(caller, origin, |shape| wire::receive(shape, path, query, &body)).await
}

async fn path(request: &mut Request) -> Result<Vec<(String, String)>> {
    let params = request.extract_parts::<RawPathParams>().await;
    let params = params.map_err(|_| Error::field("", "The path is not valid UTF-8"))?;
    Ok(params.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
}

fn query(uri: &Uri) -> Result<Vec<(String, String)>> {
    let raw = uri.query().unwrap_or_default();
    let pairs: Vec<(String, String)> = form_urlencoded::parse(raw.as_bytes()).into_owned().collect();
    // The parser puts U+FFFD where bytes are no UTF-8; nobody searches for it.
    if pairs.iter().any(|(name, value)| name.contains('\u{FFFD}') || value.contains('\u{FFFD}')) {
        return Err(Error::field("", "The query string is not valid UTF-8"));
    }
    Ok(pairs)
}

fn is_json(headers: &HeaderMap, body: &[u8]) -> Result<()> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let kind = kind.map(|kind| kind.split(';').next().unwrap_or_default().trim().to_lowercase());
    match kind {
        Some(kind) if !body.is_empty() && kind != "application/json" && !kind.ends_with("+json") => {
            let message = format!("The body is {kind}; send it with Content-Type: application/json.");
            Err(Error::new(Kind::MediaType, message))
        }
        _ => Ok(()),
    }
}

fn too_large(limit: usize) -> Error {
    Error::new(Kind::TooLarge, format!("The body is over the limit of {limit} bytes; send less at a time."))
}

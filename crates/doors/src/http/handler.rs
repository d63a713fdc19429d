//! One handler for every operation: who, what, run, answer.

use super::{Site, answer, limits, noting::Noting, pace, request, uploads};
use axum::{
    RequestPartsExt,
    body::Body,
    extract::{RawPathParams, Request, State},
    http::{HeaderMap, HeaderValue, Uri, header, request::Parts},
    response::Response,
};
use g8_domain::{Error, Kind, Result};
use g8_service::{Credential, Done, Entry, Operation, Origin, wire};
use std::net::IpAddr;
use url::form_urlencoded;

/// Runs an operation for a request, in a task of its own: a caller who hangs up does not stop a write
/// half way, and a panic is an answer, not a closed connection.
pub async fn run<O: Operation>(State(site): State<Site>, request: Request) -> Response {
    let id = request::id_of(request.extensions());
    let task = tokio::spawn(answer::<O>(site, request));
    match task.await {
        Ok(Ok(response)) => response,
        Ok(Err(error)) => answer::error(&id, &error),
        Err(panic) => {
            tracing::error!(request_id = id, operation = O::SPEC.name, %panic, "panicked");
            answer::error(&id, &Error::internal(panic))
        }
    }
}

/// Lets the caller in, runs the operation, and shows what is left of the plan whatever came of it.
async fn answer<O: Operation>(site: Site, request: Request) -> Result<Response> {
    let (parts, body) = request.into_parts();
    let address = request::address_of(&parts, &site.trusted_proxies);
    let entry = enter(&site, &parts, address).await?;
    let quota = entry.quota().clone();
    let origin = request::visit(&site, &parts, "http");
    let id = origin.request_id.clone();
    let noting = Noting::begin(&site, &parts, &entry, (&origin, O::SPEC.verb.name()));
    let mut response = match perform::<O>(site, (entry, origin), parts, body).await {
        Ok(done) => answer::success::<O>(done),
        Err(error) => answer::error(&id, &error),
    };
    limits::write(response.headers_mut(), &quota);
    noting.end(response.status());
    Ok(response)
}

/// The caller of a request, counted.
async fn enter(site: &Site, request: &Parts, address: Option<IpAddr>) -> Result<Entry> {
    let headers = &request.headers;
    let authorization = headers.get(header::AUTHORIZATION).map(HeaderValue::as_bytes);
    let org = headers.get("x-org-id").map(|value| value.to_str().unwrap_or_default());
    site.app.enter(Credential { authorization, org, address, ..Credential::default() }).await
}

async fn perform<O: Operation>(
    site: Site,
    (entry, origin): (Entry, Origin),
    mut parts: Parts,
    body: Body,
) -> Result<Done<O::Output>> {
    let path = path(&mut parts).await?;
    let query = query(&parts.uri)?;
    if !O::SPEC.takes_file.is_empty() {
        let _upload = uploads::begin(&parts.extensions, &entry)?;
        let file = uploads::incoming(&parts.headers, body, site.app.tuning.limits.request_seconds);
        return site
            .app
            .call::<O>(entry, origin, Some(file), |shape| wire::receive(shape, path, query, &[]))
            .await;
    }
    let body = pace::read(body, site.body_limit, &parts.extensions).await?;
    is_json(&parts.headers, &body)?;
    site.app.call::<O>(entry, origin, None, |shape| wire::receive(shape, path, query, &body)).await
}

async fn path(parts: &mut Parts) -> Result<Vec<(String, String)>> {
    let params = parts.extract::<RawPathParams>().await;
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_query_string_is_read_or_refused(raw in "[!-~&&[^#]]{0,200}") {
            let Ok(uri) = format!("/contacts?{raw}").parse::<Uri>() else { return Ok(()) };
            if let Ok(pairs) = query(&uri) {
                prop_assert!(pairs.len() <= raw.split('&').count());
            }
        }

        #[test]
        fn what_is_asked_is_what_was_meant(
            pairs in proptest::collection::vec(("[^\u{FFFD}]{0,12}", "[^\u{FFFD}]{0,12}"), 0..6),
        ) {
            let text = form_urlencoded::Serializer::new(String::new()).extend_pairs(&pairs).finish();
            let uri = format!("/contacts?{text}").parse().unwrap();
            prop_assert_eq!(query(&uri).unwrap(), pairs);
        }
    }
}

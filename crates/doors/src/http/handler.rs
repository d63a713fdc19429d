//! One handler for every operation: who, what, run, answer.

use super::{HttpState, answer, limits, pace, request, request_log::Noting, uploads};
use axum::{
    RequestPartsExt,
    body::Body,
    extract::{RawPathParams, Request, State},
    http::{HeaderMap, HeaderValue, Uri, header, request::Parts},
    response::Response,
    routing::{MethodFilter, MethodRouter, on},
};
use g8_core::{Action, Credential, Done, Entry, Origin, Verb, wire};
use g8_domain::{Error, ErrorKind, Result};
use url::form_urlencoded;

/// Where an operation is served, by its method.
pub fn route(action: Action) -> MethodRouter<HttpState> {
    let run = move |State(site): State<HttpState>, request: Request| run(action, site, request);
    on(method(action.spec.verb), run)
}

fn method(verb: Verb) -> MethodFilter {
    match verb {
        Verb::Get => MethodFilter::GET,
        Verb::Post => MethodFilter::POST,
        Verb::Put => MethodFilter::PUT,
        Verb::Patch => MethodFilter::PATCH,
        Verb::Delete => MethodFilter::DELETE,
    }
}

/// Runs an operation for a request, in a task of its own: a caller who hangs up does not stop a write
/// half way, and a panic is an answer, not a closed connection.
async fn run(action: Action, site: HttpState, request: Request) -> Response {
    let id = request::id_of(request.extensions());
    let task = tokio::spawn(answer(action, site, request));
    match task.await {
        Ok(Ok(response)) => response,
        Ok(Err(error)) => answer::error(&id, &error),
        Err(panic) => {
            tracing::error!(request_id = id, operation = action.spec.name, %panic, "panicked");
            answer::error(&id, &Error::internal(panic))
        }
    }
}

/// Lets the caller in and runs the operation.
async fn answer(action: Action, site: HttpState, request: Request) -> Result<Response> {
    let (parts, body) = request.into_parts();
    let entry = enter(&site, &parts).await?;
    let origin = request::request_origin(&site, &parts, "http");
    let id = origin.request_id.clone();
    let noting = Noting::begin(&site, &parts, &entry, (&origin, action.spec.verb.name()));
    let response = match perform(action, site, (entry, origin), parts, body).await {
        Ok(done) => answer::success(action.spec, done),
        Err(error) => answer::error(&id, &error),
    };
    noting.end(response.status());
    Ok(response)
}

/// The caller of a request, counted.
pub async fn enter(site: &HttpState, request: &Parts) -> Result<Entry> {
    let address = request::address_of(request, &site.trusted_proxies);
    let headers = &request.headers;
    let authorization = headers.get(header::AUTHORIZATION).map(HeaderValue::as_bytes);
    let org = headers.get("x-org-id").map(|value| value.to_str().unwrap_or_default());
    let entry = site.app.enter(Credential { authorization, org, address, ..Credential::default() }).await?;
    limits::note(&request.extensions, entry.quota());
    Ok(entry)
}

async fn perform(
    action: Action,
    site: HttpState,
    caller: (Entry, Origin),
    mut parts: Parts,
    body: Body,
) -> Result<Done> {
    let path = path(&mut parts).await?;
    let query = query(&parts.uri)?;
    if !action.spec.takes_file.is_empty() {
        let _upload = uploads::begin(&parts.extensions, &caller.0)?;
        let file = uploads::incoming(&parts.headers, body, site.app.config.limits.request_seconds);
        return site
            .app
            .call(action, caller, Some(file), |shape| wire::receive(shape, path, query, &[]))
            .await;
    }
    let body = pace::read(body, site.body_limit, &parts.extensions).await?;
    is_json(&parts.headers, &body)?;
    site.app.call(action, caller, None, |shape| wire::receive(shape, path, query, &body)).await
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
            Err(Error::new(ErrorKind::MediaType, message))
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

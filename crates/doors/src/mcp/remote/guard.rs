//! Before and after every request to `/mcp`: who asks, whether the plan has room, whose session it is, and
//! whether a call may be made at all.

use super::{McpCaller, Remote, challenge, has_message, peek, peek::Message, sessions::McpSessions};
use crate::http::{HttpState, answer, limits, pace, request, request_log::Noting};
use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures_util::StreamExt;
use g8_core::{App, Audience, Credential, Entry, Origin};
use g8_domain::{Error, ErrorKind, Result, Scope, Scopes};
use rmcp::model::ProtocolVersion;
use std::{future::pending, sync::Arc, time::Duration};
use tokio::time::timeout;

const SESSION: &str = "mcp-session-id";

/// What stands before a handler.
#[derive(Clone)]
pub struct Gate<H> {
    pub site: HttpState,
    pub handler: H,
    pub sessions: Arc<McpSessions>,
}

/// Lets a request through, or says why not.
pub async fn guard<H: Remote>(State(gate): State<Gate<H>>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let id = request::id_of(&parts.extensions);
    let entry = match enter(&gate.site, &parts).await {
        Ok(entry) => entry,
        Err(error) if error.kind == ErrorKind::Unauthorized => {
            return challenge::unauthorized(&gate.site.public_url, &id, &error);
        }
        Err(error) => return answer::error(&id, &error),
    };
    let origin = Origin { idempotency_key: None, ..request::request_origin(&gate.site, &parts, "mcp") };
    let noting = Noting::begin(&gate.site, &parts, &entry, (&origin, method(&parts.method)));
    let response = match admit(&gate, (entry, origin), &mut parts, body).await {
        Ok(body) => {
            let (json, listens) = (is_json(&parts.headers), !has_message(&parts.method));
            let response = next.run(Request::from_parts(parts, body)).await;
            // rmcp says of JSON that is no message that its media type is wrong.
            let misread = json && response.status() == StatusCode::UNSUPPORTED_MEDIA_TYPE;
            if misread { peek::no_message() } else { ending(&gate.site.app, listens, response) }
        }
        Err(Instead::Error(error)) => answer::error(&id, &error),
        Err(Instead::Response(response)) => *response,
    };
    noting.end(response.status());
    response
}

/// The methods that the endpoint has, for the log.
fn method(method: &Method) -> &'static str {
    match *method {
        Method::POST => "POST",
        Method::DELETE => "DELETE",
        _ => "GET",
    }
}

/// The one place that finds out who asks. Whatever credential the service believes is good here, too.
async fn enter(site: &HttpState, request: &Parts) -> Result<Entry> {
    let address = request::address_of(request, &site.trusted_proxies);
    let authorization = request.headers.get(header::AUTHORIZATION).map(HeaderValue::as_bytes);
    let org = request.headers.get("x-org-id").map(|value| value.to_str().unwrap_or_default());
    let entry = site.app.enter(Credential { authorization, audience: Audience::Tools, org, address }).await?;
    limits::note(&request.extensions, entry.quota());
    Ok(entry)
}

/// What a request is answered that does not get through.
enum Instead {
    Error(Error),
    Response(Box<Response>),
}

impl From<Error> for Instead {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl From<Response> for Instead {
    fn from(response: Response) -> Self {
        Self::Response(Box::new(response))
    }
}

async fn admit<H: Remote>(
    gate: &Gate<H>,
    (entry, origin): (Entry, Origin),
    parts: &mut Parts,
    body: Body,
) -> Result<Body, Instead> {
    entry.quota().check()?;
    let mut caller = McpCaller::new(entry, origin, &parts.uri, &parts.headers);
    own_session(gate, &caller, &mut parts.headers)?;
    let place = pace::place(&mut parts.extensions);
    let body = if has_message(&parts.method) {
        let (body, works) = message(gate, &caller, parts, body).await?;
        caller.place = place.filter(|_| works);
        body
    } else {
        body
    };
    parts.extensions.insert(caller);
    Ok(body)
}

/// A session is its owner's; for others it is not there. The newer era has none, and overlooks the header.
fn own_session<H>(gate: &Gate<H>, caller: &McpCaller, headers: &mut HeaderMap) -> Result<(), Instead> {
    let Some(session) = headers.get(SESSION) else { return Ok(()) };
    if session.to_str().is_ok_and(|id| gate.sessions.is_of(id, &caller.owner())) {
        return Ok(());
    }
    let version = headers.get("mcp-protocol-version").and_then(|version| version.to_str().ok());
    if version.is_some_and(|version| version >= ProtocolVersion::V_2026_07_28.as_str()) {
        headers.remove(SESSION);
        return Ok(());
    }
    Err((StatusCode::NOT_FOUND, "There is no such session; begin a new one.\n").into_response().into())
}

/// Reads a message and sees whether it may be answered, and whether it is work; what it says is checked again where
/// that is done.
async fn message<H: Remote>(
    gate: &Gate<H>,
    caller: &McpCaller,
    parts: &mut Parts,
    body: Body,
) -> Result<(Body, bool), Instead> {
    pace::due(&mut parts.extensions, gate.site.app.config.limits.request_seconds);
    let body = pace::read(body, gate.site.body_limit, &parts.extensions).await?;
    // What is no JSON by its own account is refused by rmcp, in the protocol's words.
    if !is_json(&parts.headers) {
        return Ok((Body::from(body), false));
    }
    let message = Message::read(&body).map_err(|fault| Instead::from(fault.into_response()))?;
    if message.opens_session() && gate.sessions.are_full() {
        let message = "The server has as many sessions as it can bear; try again in a minute.";
        return Err(Error::new(ErrorKind::Unavailable, message).into());
    }
    if let Some(tool) = message.tool()
        && let Some(scope) = gate.handler.lacks(caller, tool)
        // Nobody is asked to agree to what their role would take away again.
        && caller.entry.caller().role.is_none_or(|role| Scopes::of_role(role).allows(Scope(scope)))
    {
        let id = &caller.origin.request_id;
        return Err(challenge::insufficient(&gate.site.public_url, id, (tool, scope)).into());
    }
    let works = message.is_work();
    Ok((Body::from(body), works))
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let kind = kind.map(|kind| kind.split(';').next().unwrap_or_default().trim());
    kind.is_some_and(|kind| kind.eq_ignore_ascii_case("application/json"))
}

/// A stream that ends when the server does: at once, where a client only listens; where it waits for an answer, once
/// that has had its time.
fn ending(app: &App, listens: bool, response: Response) -> Response {
    let kind = response.headers().get(header::CONTENT_TYPE);
    if kind.is_none_or(|kind| kind != "text/event-stream") {
        return response;
    }
    let (left, patience) = (app.left(), Duration::from_secs(app.config.limits.request_seconds));
    let over = Box::pin(async move {
        left.await;
        if !listens {
            let _ = timeout(patience, pending::<()>()).await;
        }
    });
    response.map(|body| Body::from_stream(body.into_data_stream().take_until(over)))
}

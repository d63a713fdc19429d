//! Signing in by an identity provider.

use super::{code, form_with, refused};
use crate::{Anonymous, PageError, Query, cookie};
use axum::response::{IntoResponse, Redirect, Response};
use g8_domain::{Error, ErrorKind};
use g8_identity::people::{AuthorizationState, SignInStep, begin_oidc, finish_oidc};

/// To the provider. What must come back is kept in this browser, and nowhere else.
pub async fn begin(anonymous: Anonymous, Query(query): Query) -> Result<Response, PageError> {
    let (url, trip) = begin_oidc(&anonymous.site.app, &anonymous.origin).await?;
    let next = query.get("next").unwrap_or_default();
    let mut response = Redirect::to(&url).into_response();
    let kept = [&trip.state, &trip.nonce, &trip.verifier].map(String::as_str).join(".");
    cookie::set_trip(response.headers_mut(), anonymous.secure, &format!("{kept}.{next}"));
    Ok(response)
}

/// And back.
pub async fn finish(
    anonymous: Anonymous,
    kept: cookie::AuthorizationCookie,
    Query(query): Query,
) -> Response {
    let name = g8_identity::people::provider(&anonymous.site.app);
    let mut parts = kept.0.as_deref().unwrap_or_default().splitn(4, '.').map(str::to_owned);
    let mut part = || parts.next().unwrap_or_default();
    let (trip, next) = (AuthorizationState { state: part(), nonce: part(), verifier: part() }, part());
    let fits = !trip.state.is_empty() && query.get("state") == Some(trip.state.as_str());
    let done = match query.get("code").filter(|_| fits) {
        Some(code) => finish_oidc(&anonymous.site.app, &trip, code, &anonymous.origin).await,
        None => {
            Err(Error::new(ErrorKind::Unauthorized, "You came back without what you left with; begin again."))
        }
    };
    let mut response = match done {
        Ok(SignInStep::Done(signed)) => anonymous.start_session(&signed, Some(&next)),
        Ok(SignInStep::Code(token)) => code::form(token.reveal(), &next, None).into_response(),
        Err(error) => refused(error, |fault| form_with(name, &next, "", Some(fault))),
    };
    cookie::set_trip(response.headers_mut(), anonymous.secure, "");
    response
}

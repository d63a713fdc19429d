//! A program asks to be let in: the only page of the console that strangers send people to.

mod page;
#[cfg(test)]
mod tests;

use crate::{CurrentUser, PageError, Posted};
use axum::{
    Router,
    extract::{RawQuery, State},
    http::{HeaderValue, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use g8_domain::Error;
use g8_doors::http::{HttpState, request_origin};
use g8_identity::oauth::{AuthorizationRequest, AuthorizeError, Params, ask, consent, decide};
use uuid::Uuid;

pub fn routes() -> Router<HttpState> {
    Router::new().route("/oauth/authorize", get(show).post(submit))
}

/// As for every page, but without a word on where forms go: browsers hold the redirect after a form to that, too,
/// and the program may send people further on than it says here.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; \
     frame-ancestors 'none'",
);

async fn show(
    State(site): State<HttpState>,
    user: Result<CurrentUser, Response>,
    RawQuery(query): RawQuery,
    parts: Parts,
) -> Response {
    let origin = request_origin(&site, &parts, "console");
    let query = query.unwrap_or_default();
    let asked = match Params::read(query.as_bytes()) {
        Ok(params) => ask(&site.app, params, user.is_ok(), &origin).await,
        Err(fault) => Err(fault.into()),
    };
    match (asked, user) {
        (Ok(asked), Ok(user)) => answer(&user, &asked).await,
        // Nobody is sent anywhere by a program before they have signed in.
        (Ok(_) | Err(AuthorizeError::SignIn | AuthorizeError::Away(_)), Err(front_door)) => front_door,
        (Err(turned), _) => turn(turned),
    }
}

async fn answer(user: &CurrentUser, asked: &AuthorizationRequest) -> Response {
    match consent(&user.anonymous.site.app, user.caller(), asked).await {
        Ok(consent) => {
            let request = url::form_urlencoded::Serializer::new(String::new())
                .extend_pairs(asked.params().pairs())
                .finish();
            let page = page::page(user, &consent, &request);
            ([(header::CONTENT_SECURITY_POLICY, POLICY)], page).into_response()
        }
        Err(error) => PageError::from(error).into_response(),
    }
}

/// To the person, or back to the program. What the program gets, it gets by a GET: its address takes no form.
fn turn(turned: AuthorizeError) -> Response {
    match turned {
        AuthorizeError::Away(to) => Redirect::to(&to).into_response(),
        AuthorizeError::Page(error) => PageError::from(error).into_response(),
        AuthorizeError::SignIn => Redirect::to("/sign-in").into_response(),
    }
}

/// The decision. The request is read and checked once more: what a form carries is the browser's word.
async fn submit(posted: Posted) -> Response {
    let (user, anonymous) = (&posted.user, &posted.user.anonymous);
    let app = &anonymous.site.app;
    let asked = match Params::read(posted.fields.raw("request").as_bytes()) {
        Ok(params) => ask(app, params, true, &anonymous.origin).await,
        Err(fault) => Err(fault.into()),
    };
    let asked = match asked {
        Ok(asked) => asked,
        Err(turned) => return turn(turned),
    };
    let choice = match posted.fields.get("decision") {
        Some("allow") => {
            posted.fields.get("organization_id").and_then(|id| id.parse().ok()).map(|org| (org, true))
        }
        Some("deny") => Some((Uuid::nil(), false)),
        _ => None,
    };
    let Some(choice) = choice else {
        return PageError::from(Error::field("decision", "must be allow or deny, in an organization"))
            .into_response();
    };
    match decide(app, user.caller(), &asked, choice, &anonymous.origin).await {
        Ok(to) => Redirect::to(&to).into_response(),
        Err(error) => PageError::from(error).into_response(),
    }
}

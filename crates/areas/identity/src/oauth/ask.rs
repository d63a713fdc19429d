//! A program sends a person here: everything is checked before anything is shown.

use super::{OauthError, Params, client, document::is_address, redirect, requested_scopes};
use futures_util::future::BoxFuture;
use g8_core::access::{is_resource, resource};
use g8_core::{App, Origin};
use g8_domain::{
    Error, ErrorKind, Scopes,
    record::{ClientKind, OauthClient},
};

/// A request that may be shown to a person.
#[derive(Debug, Clone)]
pub struct AuthorizationRequest {
    pub(super) client: OauthClient,
    pub(super) redirect_uri: String,
    pub(super) state: Option<String>,
    pub(super) scopes: Scopes,
    pub(super) challenge: String,
    pub(super) resource: String,
    pub(super) name: String,
    params: Params,
}

/// Why it is not shown.
#[derive(Debug)]
pub enum AuthorizeError {
    /// The program is not known, or wants the code elsewhere: it is told nothing, the person is.
    Page(Error),
    /// The program is told, at this address.
    Away(String),
    /// The person has to sign in first: strangers do not make this server ask others.
    SignIn,
}

impl From<OauthError> for AuthorizeError {
    fn from(fault: OauthError) -> Self {
        Self::Page(Error::new(ErrorKind::Invalid, fault.about))
    }
}

impl From<Error> for AuthorizeError {
    fn from(error: Error) -> Self {
        Self::Page(error)
    }
}

impl AuthorizationRequest {
    /// What was sent, to be sent once more with the decision.
    #[must_use]
    pub fn params(&self) -> &Params {
        &self.params
    }

    /// Where the program is told that.
    pub(super) fn back(&self, app: &App, told: &[(&str, &str)]) -> String {
        back(app, (&self.redirect_uri, self.state.as_deref()), told)
    }

    /// Whether it becomes a personal key, for the command line.
    #[must_use]
    pub fn makes_key(&self) -> bool {
        self.client.kind == ClientKind::Own
    }
}

/// Every answer names its sender (RFC 9207), errors too.
fn back(app: &App, (uri, state): (&str, Option<&str>), told: &[(&str, &str)]) -> String {
    let mut all = told.to_vec();
    all.extend(state.map(|state| ("state", state)));
    all.push(("iss", app.public_url()));
    redirect::with(uri, &all)
}

/// Reads an authorization request.
///
/// # Errors
/// Who is to be told what is wrong with it.
pub fn ask<'a>(
    app: &'a App,
    params: Params,
    signed_in: bool,
    origin: &'a Origin,
) -> BoxFuture<'a, Result<AuthorizationRequest, AuthorizeError>> {
    Box::pin(async move {
        let (client, redirect_uri) = program(app, &params, signed_in, origin).await?;
        match read(app, client, &redirect_uri, &params) {
            Ok(asked) => Ok(asked),
            Err(fault) => {
                let told = [("error", fault.code), ("error_description", fault.about.as_str())];
                Err(AuthorizeError::Away(back(app, (&redirect_uri, params.get("state")), &told)))
            }
        }
    })
}

/// The program, and the address of its own that it wants the code at.
async fn program(
    app: &App,
    params: &Params,
    signed_in: bool,
    origin: &Origin,
) -> Result<(OauthClient, String), AuthorizeError> {
    let id = params.require("client_id")?;
    let client = if signed_in {
        client::current(app, id, origin).await?
    } else {
        let known = client::known(app, id).await?;
        let stale = known.as_ref().is_none_or(|known| client::is_stale(known, app.clock.now()));
        if stale && is_address(app, id) {
            return Err(AuthorizeError::SignIn);
        }
        known
    };
    let unknown = "This server does not know the program that sent you here; start again from the program.";
    let client = client.ok_or_else(|| Error::new(ErrorKind::Invalid, unknown))?;
    let uri = params.require("redirect_uri")?;
    if !client::may_redirect(&client, uri) {
        let foreign =
            "The program wants its answer at an address that is not one of its own; nothing was sent there.";
        return Err(Error::new(ErrorKind::Invalid, foreign).into());
    }
    Ok((client, uri.to_owned()))
}

fn read(
    app: &App,
    client: OauthClient,
    redirect_uri: &str,
    params: &Params,
) -> Result<AuthorizationRequest, OauthError> {
    if params.require("response_type")? != "code" {
        return Err(OauthError::new("unsupported_response_type", "Only response_type=code is offered."));
    }
    if params.get("response_mode").is_some_and(|mode| mode != "query") {
        return Err(OauthError::request("Only response_mode=query is offered."));
    }
    let challenge = challenge(params)?;
    if params.all("resource").any(|named| !is_resource(app, named)) {
        return Err(OauthError::target());
    }
    if params.get("prompt") == Some("none") {
        return Err(OauthError::new("interaction_required", "A person is always asked."));
    }
    let unknown = |_| OauthError::new("invalid_scope", "A scope is not one of scopes_supported.");
    let named = requested_scopes::read(params.get("scope")).map_err(unknown)?;
    let own = client.kind == ClientKind::Own;
    let all = || if own { Scopes::stored(vec!["*".to_owned()]) } else { requested_scopes::default() };
    Ok(AuthorizationRequest {
        scopes: named.unwrap_or_else(all),
        redirect_uri: redirect_uri.to_owned(),
        state: params.get("state").map(str::to_owned),
        challenge,
        resource: resource(app),
        name: if own { key_name(params.get("device")) } else { client.name.clone() },
        client,
        params: params.clone(),
    })
}

/// The challenge of RFC 7636: SHA-256 in base64url. The plain form protects nobody.
fn challenge(params: &Params) -> Result<String, OauthError> {
    let challenge = params.require("code_challenge")?;
    if params.get("code_challenge_method") != Some("S256") {
        return Err(OauthError::request("Only code_challenge_method=S256 is offered."));
    }
    let fits = challenge.len() == 43
        && challenge.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if fits {
        Ok(challenge.to_owned())
    } else {
        Err(OauthError::request("The code_challenge is no SHA-256 in base64url."))
    }
}

/// What the command line's key will be called.
fn key_name(device: Option<&str>) -> String {
    match device {
        Some(device) => format!("g8 on {}", client::name(Some(device))),
        None => "g8 on the command line".to_owned(),
    }
}

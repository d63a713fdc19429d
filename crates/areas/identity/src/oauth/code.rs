//! A code is exchanged: once, in time, by the program it was given to, with the verifier that it alone knows.

use super::{
    Granted, OauthError, Params,
    grant::{self, CONNECTED, REUSED, issue},
    redirect,
};
use crate::people::note;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use g8_auth::{Label, Token};
use g8_core::access::is_resource;
use g8_core::{
    App, Origin,
    admin::{NewKey, mint},
};
use g8_domain::{
    Ts,
    record::{ClientKind, Key, OauthClient, OauthCode, User},
};
use g8_storage::{Tx, keys, oauth_clients, oauth_codes, oauth_grants, users};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// How long a key of the command line works: as long as a key can that is made for a time.
const KEY: i64 = 365 * Ts::DAY;

pub(super) async fn exchange(
    app: &App,
    client: &OauthClient,
    params: &Params,
    origin: &Origin,
) -> Result<Granted, OauthError> {
    let stale = || OauthError::grant("The code is not valid, or no longer.");
    let shown = Token::of(Label::Code, params.require("code")?).ok_or_else(stale)?;
    let digest = shown.digest(&app.pepper);
    let mut tx = app.db.begin().await?;
    let Some(code) = oauth_codes::take(&mut tx, &digest, app.clock.now()).await? else {
        end_what_came_of_it(app, tx, &digest, origin).await?;
        return Err(stale());
    };
    if let Err(fault) = check(app, client, &code, params) {
        // Shown wrongly it is used up all the same: it has been in wrong hands.
        tx.commit().await?;
        return Err(fault);
    }
    let member = users::member(&mut tx, code.user_id, code.org_id).await?;
    let (user, _) = member.ok_or_else(|| OauthError::grant("The person has left the organization."))?;
    let (key, granted) = match client.kind {
        ClientKind::Own => personal_key(app, &mut tx, &code, &user).await?,
        _ => assistant(app, &mut tx, &code).await?,
    };
    oauth_codes::became(&mut tx, code.org_id, &digest, key.id).await?;
    oauth_clients::touch(&mut tx, &client.id, app.clock.now()).await?;
    note(app, &mut tx, &key, CONNECTED, origin).await?;
    tx.commit().await?;
    Ok(granted)
}

/// A second use: one of the two was a thief's, and nobody knows which.
async fn end_what_came_of_it(
    app: &App,
    mut tx: Tx,
    digest: &[u8],
    origin: &Origin,
) -> Result<(), OauthError> {
    let Some(code) = oauth_codes::get(&mut tx, digest).await? else { return Ok(()) };
    let Some(grant) = code.grant_id else { return Ok(()) };
    if !oauth_grants::end(&mut tx, code.org_id, grant, app.clock.now()).await? {
        return Ok(());
    }
    if let Some(key) = keys::any(&mut tx, grant).await? {
        note(app, &mut tx, &key, REUSED, origin).await?;
    }
    tx.commit().await?;
    app.callers.forget();
    tracing::warn!(request_id = origin.request_id, %grant, "a code came twice; what came of it has ended");
    Ok(())
}

fn check(app: &App, client: &OauthClient, code: &OauthCode, params: &Params) -> Result<(), OauthError> {
    if code.expires_at <= app.clock.now() {
        return Err(OauthError::grant("The code is not valid, or no longer."));
    }
    if code.client_id != client.id {
        return Err(OauthError::grant("The code was given to another client."));
    }
    if params.get("redirect_uri") != Some(&code.redirect_uri) {
        return Err(OauthError::grant("The redirect_uri is not the one that the code was sent to."));
    }
    let mut named = params.all("resource");
    if named.any(|named| !is_resource(app, named)) || !is_resource(app, &code.resource) {
        return Err(OauthError::target());
    }
    let verifier = params.get("code_verifier").unwrap_or_default();
    let long = (43..=128).contains(&verifier.len());
    let hashed = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
    if !long || !bool::from(hashed.as_bytes().ct_eq(code.challenge.as_bytes())) {
        return Err(OauthError::grant("The code_verifier does not belong to the code."));
    }
    Ok(())
}

async fn assistant(app: &App, tx: &mut Tx, code: &OauthCode) -> Result<(Key, Granted), OauthError> {
    let key = grant::key(app, code);
    keys::insert(tx, &key).await?;
    remember(tx, code, &key).await?;
    let (access, refresh) = issue(app, tx, (key.org_id, key.id), (&key.scopes, &key.scopes), None).await?;
    let granted = Granted {
        access_token: access.reveal().to_owned(),
        token_type: "Bearer",
        expires_in: grant::ACCESS / Ts::SECOND,
        scope: key.scopes.names().join(" "),
        refresh_token: Some(refresh.reveal().to_owned()),
        api_key_id: None,
        email: None,
    };
    Ok((key, granted))
}

/// The command line asks for REST, which takes keys only: the person has agreed to one of their own.
async fn personal_key(
    app: &App,
    tx: &mut Tx,
    code: &OauthCode,
    user: &User,
) -> Result<(Key, Granted), OauthError> {
    let new = NewKey {
        user: Some(user.id),
        scopes: code.scopes.clone(),
        expires_at: Some(app.clock.now().plus(KEY)),
        ..NewKey::unscoped(code.org_id, code.name.clone())
    };
    let (key, token) = mint(app, tx, new).await?;
    remember(tx, code, &key).await?;
    let granted = Granted {
        access_token: token.reveal().to_owned(),
        token_type: "Bearer",
        expires_in: KEY / Ts::SECOND,
        scope: key.scopes.names().join(" "),
        refresh_token: None,
        api_key_id: Some(key.id),
        email: Some(user.email.clone()),
    };
    Ok((key, granted))
}

async fn remember(tx: &mut Tx, code: &OauthCode, key: &Key) -> Result<(), OauthError> {
    let host = match redirect::target(&code.redirect_uri) {
        Some(redirect::Target::Web(host) | redirect::Target::Loopback(host)) => host,
        Some(redirect::Target::App(scheme)) => format!("{scheme}:"),
        None => return Err(OauthError::grant("The redirect_uri is not one that codes are sent to.")),
    };
    let of = (key.org_id, key.id);
    Ok(oauth_grants::insert(tx, of, &code.client_id, &host, &code.resource).await?)
}

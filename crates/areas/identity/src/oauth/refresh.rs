//! A refresh token is exchanged for the next one.
//!
//! Each is used once. One that comes back shortly after is believed, as long as nothing that was given for it has
//! been used itself: answers get lost, and some programs ask from several machines at once. Whoever asks again gets
//! a pair of their own, and the pair that was given before stays good: taking it back would disconnect the machine
//! that asked first. Later than that, or when an heir was used already, somebody has a copy: the grant ends.

use super::{
    Granted, OauthError, Params,
    grant::{self, REUSED, issue},
    requested_scopes,
};
use crate::people::note;
use g8_auth::{Label, Token};
use g8_core::access::is_resource;
use g8_core::{App, Origin};
use g8_domain::{
    Scopes, Ts,
    record::{Key, OauthClient, OauthToken, TokenKind},
};
use g8_storage::{Tx, keys, oauth_clients, oauth_grants, oauth_tokens, users};

/// How long one that was used is still believed.
const GRACE: i64 = 120 * Ts::SECOND;
/// How many pairs are given for one token at most.
const HEIRS: i64 = 20;

pub(super) async fn refresh(
    app: &App,
    client: &OauthClient,
    params: &Params,
    origin: &Origin,
) -> Result<Granted, OauthError> {
    let shown = Token::of(Label::Refresh, params.require("refresh_token")?).ok_or_else(stale)?;
    let digest = shown.digest(&app.pepper);
    let mut tx = app.db.begin().await?;
    let token = oauth_tokens::find(&mut tx, &digest).await?;
    let token = token.filter(|token| token.kind == TokenKind::Refresh && token.client_id == client.id);
    let token = token.ok_or_else(stale)?;
    let key = alive(app, &mut tx, &token).await?;
    if params.all("resource").any(|named| !is_resource(app, named)) || !is_resource(app, &token.resource) {
        return Err(OauthError::target());
    }
    let scopes = narrowed(&token, params)?;
    if !oauth_tokens::consume(&mut tx, token.org_id, &digest, app.clock.now()).await?
        && !is_excused(app, &mut tx, &token).await?
    {
        return Err(end(app, tx, &key, origin).await?);
    }
    let (access, refresh) =
        issue(app, &mut tx, (key.org_id, key.id), (&scopes, &token.scopes), Some(token.digest)).await?;
    oauth_clients::touch(&mut tx, &client.id, app.clock.now()).await?;
    tx.commit().await?;
    Ok(Granted {
        access_token: access.reveal().to_owned(),
        token_type: "Bearer",
        expires_in: grant::ACCESS / Ts::SECOND,
        scope: scopes.names().join(" "),
        refresh_token: Some(refresh.reveal().to_owned()),
        api_key_id: None,
        email: None,
    })
}

fn stale() -> OauthError {
    OauthError::grant("The refresh token is not valid, or no longer.")
}

/// The grant, as long as it lives and its person is a member.
async fn alive(app: &App, tx: &mut Tx, token: &OauthToken) -> Result<Key, OauthError> {
    let now = app.clock.now();
    let key = keys::any(tx, token.grant_id).await?.filter(|key| key.revoked_at.is_none());
    let key = key.filter(|key| token.expires_at > now && key.expires_at.is_none_or(|ends| ends > now));
    let key = key.ok_or_else(stale)?;
    let user = key.user_id.ok_or_else(stale)?;
    users::member(tx, user, key.org_id).await?.ok_or_else(stale)?;
    Ok(key)
}

/// What is asked for this time: all, or a part of it.
fn narrowed(token: &OauthToken, params: &Params) -> Result<Scopes, OauthError> {
    let refused = || OauthError::new("invalid_scope", "More is asked for than the person has agreed to.");
    let Some(asked) = requested_scopes::read(params.get("scope")).map_err(|_| refused())? else {
        return Ok(token.scopes.clone());
    };
    if token.scopes.lacking(&asked).is_empty() { Ok(asked) } else { Err(refused()) }
}

/// Whether one that was used before is believed once more.
async fn is_excused(app: &App, tx: &mut Tx, token: &OauthToken) -> Result<bool, OauthError> {
    let (org, digest) = (token.org_id, &token.digest);
    let used = oauth_tokens::used_at(tx, org, digest).await?;
    let lately = used.is_some_and(|used| used.plus(GRACE) > app.clock.now());
    Ok(lately
        && !oauth_tokens::heir_was_used(tx, org, digest).await?
        && oauth_tokens::heirs(tx, org, digest).await? < HEIRS)
}

/// Ends the grant, with all that was given for it.
async fn end(app: &App, mut tx: Tx, key: &Key, origin: &Origin) -> Result<OauthError, OauthError> {
    oauth_grants::end(&mut tx, key.org_id, key.id, app.clock.now()).await?;
    note(app, &mut tx, key, REUSED, origin).await?;
    tx.commit().await?;
    app.callers.forget();
    tracing::warn!(request_id = origin.request_id, grant = %key.id, "a refresh token came again; its grant has ended");
    Ok(stale())
}

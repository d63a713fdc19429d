//! Which program asks, and whether it has proved to be it.

use super::{OauthError, Params, document, redirect};
use base64::{Engine, engine::general_purpose::STANDARD};
use g8_auth::{Label, Token};
use g8_core::{App, Origin};
use g8_domain::{
    Ts,
    record::{ClientAuth, ClientKind, OauthClient},
};
use g8_storage::oauth_clients;
use percent_encoding::percent_decode_str;
use std::borrow::Cow;
use subtle::ConstantTimeEq;

/// The program that `g8 login` is: its codes become personal API keys.
pub const COMMAND_LINE: &str = "g8-cli";

/// Most bytes of a client's id.
const LONGEST: usize = 1000;

fn command_line() -> OauthClient {
    OauthClient {
        id: COMMAND_LINE.to_owned(),
        kind: ClientKind::Own,
        name: "g8 on the command line".to_owned(),
        redirect_uris: vec!["http://127.0.0.1/callback".to_owned()],
        auth: ClientAuth::None,
        secret_digest: None,
        created_at: Ts(0),
        used_at: Ts(0),
        fresh_until: None,
    }
}

/// A program that is known here; a description may have grown old.
pub(super) async fn known(app: &App, id: &str) -> Result<Option<OauthClient>, g8_domain::Error> {
    if id == COMMAND_LINE {
        return Ok(Some(command_line()));
    }
    if id.len() > LONGEST || id.contains('\0') {
        return Ok(None);
    }
    Ok(oauth_clients::get(&mut &app.db, id).await?)
}

/// A program as it is today: descriptions are fetched where they have grown old.
pub(super) async fn current(
    app: &App,
    id: &str,
    origin: &Origin,
) -> Result<Option<OauthClient>, g8_domain::Error> {
    let known = known(app, id).await?;
    let stale = known.as_ref().is_none_or(|known| is_stale(known, app.clock.now()));
    if stale && document::is_address(app, id) && id.len() <= LONGEST {
        return document::fetch(app, id, origin).await.map(Some);
    }
    Ok(known)
}

pub(super) fn is_stale(known: &OauthClient, now: Ts) -> bool {
    known.kind == ClientKind::Document && known.fresh_until.is_none_or(|until| until <= now)
}

/// The program behind a request for tokens.
pub(super) async fn authenticate(
    app: &App,
    params: &Params,
    authorization: Option<&[u8]>,
) -> Result<OauthClient, OauthError> {
    let unknown = || OauthError::client("The client is not known, or its secret is wrong.");
    let (header_id, header_secret) = match authorization {
        Some(header) => basic(header).map(|(id, secret)| (Some(id), Some(secret))).ok_or_else(unknown)?,
        None => (None, None),
    };
    let id = header_id.as_deref().or(params.get("client_id"));
    let id = id.ok_or_else(|| OauthError::request("The parameter client_id is missing."))?;
    if params.get("client_id").is_some_and(|named| named != id) {
        return Err(OauthError::request("Two clients are named."));
    }
    let client = known(app, id).await?.ok_or_else(unknown)?;
    let shown = match client.auth {
        ClientAuth::None => return Ok(client),
        // Whichever way it was registered for, one of them must be right; programs mix the two up.
        ClientAuth::Basic | ClientAuth::Post => header_secret.as_deref().or(params.get("client_secret")),
    };
    let digest = shown.and_then(|text| Token::of(Label::Client, text)).map(|token| token.digest(&app.pepper));
    let right = match (digest, &client.secret_digest) {
        (Some(shown), Some(kept)) => bool::from(kept.ct_eq(&shown)),
        _ => false,
    };
    if right { Ok(client) } else { Err(unknown()) }
}

/// Id and secret of a Basic header, each form-encoded (RFC 6749 §2.3.1).
fn basic(header: &[u8]) -> Option<(String, String)> {
    let text = std::str::from_utf8(header).ok()?;
    let (scheme, encoded) = text.trim().split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let pair = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = pair.split_once(':')?;
    let plain = |text: &str| percent_decode_str(text).decode_utf8().ok().map(Cow::into_owned);
    Some((plain(id)?, plain(secret)?))
}

/// Whether the program may have codes sent there.
pub(super) fn may_redirect(client: &OauthClient, uri: &str) -> bool {
    redirect::target(uri).is_some() && client.redirect_uris.iter().any(|known| redirect::fits(known, uri))
}

/// A name as people may be shown it.
pub(super) fn name(given: Option<&str>) -> String {
    let shown: String =
        given.unwrap_or_default().chars().filter(|letter| is_plain(*letter)).take(100).collect();
    let shown = shown.trim().to_owned();
    if shown.is_empty() { "A program without a name".to_owned() } else { shown }
}

/// Nothing that turns a line around, hides in it or breaks it.
fn is_plain(letter: char) -> bool {
    !letter.is_control()
        && !matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

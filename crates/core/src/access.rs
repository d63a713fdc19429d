//! Access tokens of OAuth: which key one opens, and where it may be shown.

use crate::App;
use g8_auth::BearerError;
use g8_domain::{
    Result, Ts,
    record::{Key, TokenKind},
};
use g8_storage::{keys, oauth_tokens};
use subtle::ConstantTimeEq;

/// What access tokens are for: the MCP endpoint.
#[must_use]
pub fn resource(app: &App) -> String {
    format!("{}/mcp", app.public_url())
}

/// Whether a program means the MCP endpoint; it is served with a slash at the end as well.
#[must_use]
pub fn is_resource(app: &App, named: &str) -> bool {
    named.strip_suffix('/').unwrap_or(named) == resource(app)
}

/// The key that an access token opens. It ends with the token, and does no more than the token.
pub(crate) async fn access_key(app: &App, digest: [u8; 32]) -> Result<Key> {
    let token = oauth_tokens::find(&mut &app.db, &digest).await?.ok_or(BearerError::Invalid)?;
    // The index found it by comparing; this comparison takes the same time for every digest.
    let same = bool::from(token.digest.ct_eq(&digest));
    if !same || token.kind != TokenKind::Access || !is_resource(app, &token.resource) {
        return Err(BearerError::Invalid.into());
    }
    let key = keys::any(&mut &app.db, token.grant_id).await?.ok_or(BearerError::Invalid)?;
    let ends = key.expires_at.map_or(token.expires_at, |ends| Ts(ends.0.min(token.expires_at.0)));
    Ok(Key { expires_at: Some(ends), scopes: key.scopes.within(&token.scopes), ..key })
}

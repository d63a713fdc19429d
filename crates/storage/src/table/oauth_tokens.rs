//! Tokens of assistants, found by digest.

use crate::{Session, Tx, arg::args, error::StorageResult, row::record};
use g8_domain::{
    Scopes, Ts,
    record::{OauthToken, TokenKind},
};
use uuid::Uuid;

record!(OauthToken => digest, org_id, grant_id, kind, scopes, expires_at, used_at, client_id, resource);

/// A token to be added.
#[derive(Debug)]
pub struct NewToken<'a> {
    /// Its keyed hash.
    pub digest: [u8; 32],
    /// The organisation and the grant it belongs to.
    pub of: (Uuid, Uuid),
    /// What it is for.
    pub kind: TokenKind,
    /// The refresh token that was given for it.
    pub parent: Option<Vec<u8>>,
    /// What it opens.
    pub scopes: &'a Scopes,
    /// From when until when.
    pub lives: (Ts, Ts),
}

/// Adds a token.
pub async fn insert(tx: &mut Tx, new: NewToken<'_>) -> StorageResult<()> {
    let sql =
        "INSERT INTO oauth_tokens (digest, org_id, grant_id, kind, parent, scopes, created_at, expires_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let ((org, grant), (from, until)) = (new.of, new.lives);
    let args =
        args![new.digest.to_vec(), org, grant, new.kind.word(), new.parent, &new.scopes.names(), from, until];
    tx.change(sql, args).await.map(drop)
}

/// A token of whichever organisation, used and expired ones too.
pub async fn find(on: &mut impl Session, digest: &[u8]) -> StorageResult<Option<OauthToken>> {
    let sql =
        "SELECT t.digest, t.org_id, t.grant_id, t.kind, t.scopes, t.expires_at, t.used_at, g.client_id, g.resource
               FROM oauth_tokens t JOIN oauth_grants g ON g.id = t.grant_id WHERE t.digest = $1";
    on.row(sql, args![digest.to_vec()]).await
}

/// Uses a refresh token; of several at once, one is first.
pub async fn consume(tx: &mut Tx, org: Uuid, digest: &[u8], at: Ts) -> StorageResult<bool> {
    let sql = "UPDATE oauth_tokens SET used_at = $3 WHERE org_id = $1 AND digest = $2 AND used_at IS NULL";
    Ok(tx.change(sql, args![org, digest.to_vec(), at]).await? > 0)
}

/// When a refresh token was used, as of this moment.
pub async fn used_at(tx: &mut Tx, org: Uuid, digest: &[u8]) -> StorageResult<Option<Ts>> {
    let sql =
        "SELECT used_at AS n FROM oauth_tokens WHERE org_id = $1 AND digest = $2 AND used_at IS NOT NULL";
    Ok(tx.number(sql, args![org, digest.to_vec()]).await?.map(Ts))
}

/// How many refresh tokens were given for this one.
pub async fn heirs(tx: &mut Tx, org: Uuid, digest: &[u8]) -> StorageResult<i64> {
    let sql = "SELECT COUNT(*) AS n FROM oauth_tokens WHERE org_id = $1 AND parent = $2 AND kind = 'refresh'";
    Ok(tx.number(sql, args![org, digest.to_vec()]).await?.unwrap_or_default())
}

/// Whether any that was given for this one has been used itself.
pub async fn heir_was_used(tx: &mut Tx, org: Uuid, digest: &[u8]) -> StorageResult<bool> {
    let sql = "SELECT CAST(1 AS BIGINT) AS n FROM oauth_tokens
               WHERE org_id = $1 AND parent = $2 AND kind = 'refresh' AND used_at IS NOT NULL LIMIT 1";
    Ok(tx.number(sql, args![org, digest.to_vec()]).await?.is_some())
}

/// Forgets tokens that ended before.
pub async fn forget(tx: &mut Tx, before: Ts, limit: i64) -> StorageResult<u64> {
    let sql = "DELETE FROM oauth_tokens WHERE digest IN
                   (SELECT digest FROM oauth_tokens WHERE expires_at < $1 ORDER BY expires_at LIMIT $2)";
    tx.change(sql, args![before, limit]).await
}

//! Codes: each is exchanged once, and remembered for a while afterwards.

use crate::{Session, Tx, arg::args, error::StorageResult, row::record, values::values};
use g8_domain::{Ts, record::OauthCode};
use uuid::Uuid;

record!(OauthCode =>
    digest, client_id, org_id, user_id, redirect_uri, challenge, resource, scopes, name, created_at, expires_at,
    used_at, grant_id
);

/// Adds a code.
pub async fn insert(tx: &mut Tx, code: &OauthCode) -> StorageResult<()> {
    let row = values!(code => digest, client_id, org_id, user_id, redirect_uri, challenge, resource, scopes, name,
        created_at, expires_at);
    row.insert(tx, "oauth_codes", "").await.map(drop)
}

/// Uses a code up; whoever is first has it.
pub async fn take(tx: &mut Tx, digest: &[u8], at: Ts) -> StorageResult<Option<OauthCode>> {
    let sql = "UPDATE oauth_codes SET used_at = $2 WHERE digest = $1 AND used_at IS NULL
               RETURNING digest, client_id, org_id, user_id, redirect_uri, challenge, resource, scopes, name,
                   created_at, expires_at, used_at, grant_id";
    tx.row(sql, args![digest.to_vec(), at]).await
}

/// A code, used or not.
pub async fn get(on: &mut impl Session, digest: &[u8]) -> StorageResult<Option<OauthCode>> {
    on.row("SELECT * FROM oauth_codes WHERE digest = $1", args![digest.to_vec()]).await
}

/// Notes what came of a code.
pub async fn became(tx: &mut Tx, org: Uuid, digest: &[u8], grant: Uuid) -> StorageResult<()> {
    let sql = "UPDATE oauth_codes SET grant_id = $3 WHERE org_id = $1 AND digest = $2";
    tx.change(sql, args![org, digest.to_vec(), grant]).await.map(drop)
}

/// Forgets codes that ended before.
pub async fn forget(tx: &mut Tx, before: Ts, limit: i64) -> StorageResult<u64> {
    let sql = "DELETE FROM oauth_codes WHERE digest IN
                   (SELECT digest FROM oauth_codes WHERE expires_at < $1 ORDER BY expires_at LIMIT $2)";
    tx.change(sql, args![before, limit]).await
}

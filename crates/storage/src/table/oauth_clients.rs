//! Programs that ask people to be let in.

use crate::{Session, Tx, arg::args, error::StorageResult, row::record, values::values};
use g8_domain::{Ts, record::OauthClient};

record!(OauthClient => id, kind, name, redirect_uris, auth, secret_digest, created_at, used_at, fresh_until);

/// Adds a program, or what its description says now.
pub async fn put(tx: &mut Tx, client: &OauthClient) -> StorageResult<()> {
    let row = values!(client => id, kind, name, redirect_uris, auth, secret_digest, created_at, used_at, fresh_until);
    let otherwise =
        "ON CONFLICT (id) DO UPDATE SET name = excluded.name, redirect_uris = excluded.redirect_uris,
                     fresh_until = excluded.fresh_until";
    row.insert(tx, "oauth_clients", otherwise).await.map(drop)
}

/// A program by the name it shows.
pub async fn get(on: &mut impl Session, id: &str) -> StorageResult<Option<OauthClient>> {
    on.row("SELECT * FROM oauth_clients WHERE id = $1", args![id]).await
}

/// Notes that a program got something.
pub async fn touch(tx: &mut Tx, id: &str, at: Ts) -> StorageResult<()> {
    tx.change("UPDATE oauth_clients SET used_at = $2 WHERE id = $1 AND used_at < $2", args![id, at])
        .await
        .map(drop)
}

/// Forgets programs that were not used since `before` and are let in nowhere.
pub async fn forget(tx: &mut Tx, (before, now): (Ts, Ts), limit: i64) -> StorageResult<u64> {
    let sql = "DELETE FROM oauth_clients WHERE id IN (
                   SELECT c.id FROM oauth_clients c WHERE c.used_at < $1 AND NOT EXISTS (
                       SELECT 1 FROM oauth_grants g JOIN api_keys k ON k.id = g.id
                       WHERE g.client_id = c.id AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > $2))
                   ORDER BY c.used_at LIMIT $3)";
    tx.change(sql, args![before, now, limit]).await
}

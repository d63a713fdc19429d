//! What people have let in: rows of `api_keys`, and what is known of them beside.

use crate::{
    Session, Tx,
    arg::args,
    error::StorageResult,
    filter::{Filter, RowCount, Rows, Slice},
    row::record,
};
use g8_domain::{Ts, record::Assistant};
use uuid::Uuid;

record!(Assistant =>
    id, org_id, user_id, user_name, user_email, name, client_id, redirect_host, scopes, created_at, last_used_at,
    expires_at
);

/// Adds what is known of a grant whose key is there already.
pub async fn insert(
    tx: &mut Tx,
    (org, id): (Uuid, Uuid),
    client: &str,
    redirect_host: &str,
    resource: &str,
) -> StorageResult<()> {
    let sql = "INSERT INTO oauth_grants (id, org_id, client_id, redirect_host, resource) VALUES ($1, $2, $3, $4, $5)";
    tx.change(sql, args![id, org, client, redirect_host, resource]).await.map(drop)
}

/// The program that a grant is for.
pub async fn client_of(on: &mut impl Session, org: Uuid, id: Uuid) -> StorageResult<Option<String>> {
    struct Client {
        client_id: String,
    }
    record!(Client => client_id);
    let sql = "SELECT client_id FROM oauth_grants WHERE org_id = $1 AND id = $2";
    Ok(on.row::<Client>(sql, args![org, id]).await?.map(|row| row.client_id))
}

const ROWS: Rows = Rows::of(
    "SELECT k.id, k.org_id, k.user_id, u.name AS user_name, u.email AS user_email, k.name, g.client_id,
         g.redirect_host, k.scopes, k.created_at, k.last_used_at, k.expires_at",
    "FROM oauth_grants g JOIN api_keys k ON k.id = g.id JOIN users u ON u.id = k.user_id",
    "g.id",
);

/// The assistants that are still let in, newest first, and their number; of one user, or all.
pub async fn page(
    on: &mut impl Session,
    (org, user): (Uuid, Option<Uuid>),
    now: Ts,
    slice: &Slice,
) -> StorageResult<(Vec<Assistant>, RowCount)> {
    let filter = Filter::new("g.org_id = ", org).and("k.via = 'assistant'").and("k.revoked_at IS NULL");
    let filter = filter.compare("k.expires_at > ", Some(now)).compare("k.user_id = ", user);
    filter.page(on, ROWS, slice).await
}

/// The scopes a user has granted a program in an organisation before, as far as it is still let in; newest first.
pub async fn of_client(
    on: &mut impl Session,
    (org, user): (Uuid, Uuid),
    client: &str,
    now: Ts,
) -> StorageResult<Vec<Assistant>> {
    let theirs = "g.client_id = $3 AND g.org_id = $1 AND k.user_id = $2 AND k.via = 'assistant'
                   AND k.revoked_at IS NULL AND k.expires_at > $4
               ORDER BY g.id DESC LIMIT 50";
    ROWS.all(on, theirs, args![org, user, client, now]).await
}

/// Lets a grant live until `until`: it is in use.
pub async fn prolong(tx: &mut Tx, org: Uuid, id: Uuid, until: Ts) -> StorageResult<()> {
    let sql = "UPDATE api_keys SET expires_at = $3
               WHERE org_id = $1 AND id = $2 AND via = 'assistant' AND revoked_at IS NULL";
    tx.change(sql, args![org, id, until]).await.map(drop)
}

/// Ends what came of a code or a refresh token, whichever sort it is; says whether it still lived.
pub async fn end(tx: &mut Tx, org: Uuid, id: Uuid, at: Ts) -> StorageResult<bool> {
    let sql = "UPDATE api_keys SET revoked_at = $3 WHERE org_id = $1 AND id = $2 AND revoked_at IS NULL
                   AND id IN (SELECT id FROM oauth_grants WHERE org_id = $1)";
    Ok(tx.change(sql, args![org, id, at]).await? > 0)
}

/// Ends all that a user has let in, in every organisation: assistants, and the keys of `g8 login`.
pub async fn end_all(tx: &mut Tx, user: Uuid, at: Ts) -> StorageResult<u64> {
    let sql = "UPDATE api_keys SET revoked_at = $2 WHERE user_id = $1 AND revoked_at IS NULL
               AND id IN (SELECT id FROM oauth_grants)";
    tx.change(sql, args![user, at]).await
}

//! API keys: found by digest, never by secret.

use crate::{
    Db, Session, Tx,
    arg::args,
    error::StorageResult,
    filter::{Filter, RowCount, Rows, Slice},
    row::record,
    values::values,
};
use g8_domain::{
    Ts,
    record::{Key, Via},
};
use uuid::Uuid;

record!(Key =>
    id, org_id, via, user_id, name, mode, key_prefix, digest, scopes, areas, plan, created_at, expires_at,
    last_used_at, revoked_at
);

const ROWS: Rows = Rows::of(
    "SELECT id, org_id, via, user_id, name, mode, key_prefix, digest, scopes, areas, plan, created_at, expires_at,
         last_used_at, revoked_at",
    "FROM api_keys",
    "id",
);

/// Adds a key.
pub async fn insert(tx: &mut Tx, key: &Key) -> StorageResult<()> {
    let row = values!(key => id, org_id, via, user_id, name, mode, key_prefix, digest, scopes, areas, plan, created_at,
        expires_at);
    row.insert(tx, "api_keys", "").await.map(drop)
}

/// The key with this digest, of whichever organisation; revoked and expired ones too.
pub async fn by_digest(on: &mut impl Session, digest: &[u8]) -> StorageResult<Option<Key>> {
    let those = "digest = $1";
    ROWS.one(on, those, args![digest.to_vec()]).await
}

/// A key of whichever organisation, revoked and expired ones too.
pub async fn any(on: &mut impl Session, id: Uuid) -> StorageResult<Option<Key>> {
    let those = "id = $1";
    ROWS.one(on, those, args![id]).await
}

/// An API key that was not revoked.
pub async fn get(
    on: &mut impl Session,
    (org, user): (Uuid, Option<Uuid>),
    id: Uuid,
) -> StorageResult<Option<Key>> {
    let those =
        "org_id = $1 AND id = $2 AND via = 'key' AND revoked_at IS NULL AND (user_id = $3 OR $3 IS NULL)";
    ROWS.one(on, those, args![org, id, user]).await
}

/// API keys that were not revoked, newest first, and their number; of one user, or all.
pub async fn page(
    on: &mut impl Session,
    org: Uuid,
    user: Option<Uuid>,
    slice: &Slice,
) -> StorageResult<(Vec<Key>, RowCount)> {
    let filter = Filter::new("org_id = ", org).and("via = 'key'").and("revoked_at IS NULL");
    filter.compare("user_id = ", user).page(on, ROWS, slice).await
}

/// What a user acts through in an organisation and can still use, newest first: sessions, or assistants.
pub async fn of_user(
    on: &mut impl Session,
    (org, user): (Uuid, Uuid),
    via: Via,
    now: Ts,
) -> StorageResult<Vec<Key>> {
    let those = "user_id = $1 AND via = $2 AND org_id = $3 AND revoked_at IS NULL
                  AND (expires_at IS NULL OR expires_at > $4) ORDER BY id DESC LIMIT 200";
    ROWS.all(on, those, args![user, via.word(), org, now]).await
}

/// The organisation in which a user was last at work.
pub async fn last_org(on: &mut impl Session, user: Uuid) -> StorageResult<Option<Key>> {
    let those = "user_id = $1 AND via = 'session' ORDER BY id DESC LIMIT 1";
    ROWS.one(on, those, args![user]).await
}

/// Ends everything a user acts through in an organisation.
pub async fn end_member(tx: &mut Tx, org: Uuid, user: Uuid, at: Ts) -> StorageResult<u64> {
    let sql = "UPDATE api_keys SET revoked_at = $3 WHERE org_id = $1 AND user_id = $2 AND revoked_at IS NULL";
    tx.change(sql, args![org, user, at]).await
}

/// Ends everything a user acts through, everywhere.
pub async fn end_user(tx: &mut Tx, user: Uuid, at: Ts) -> StorageResult<u64> {
    tx.change(
        "UPDATE api_keys SET revoked_at = $2 WHERE user_id = $1 AND revoked_at IS NULL",
        args![user, at],
    )
    .await
}

/// Ends all of a user's sessions in every organisation, but the one to keep.
pub async fn end_sessions(tx: &mut Tx, user: Uuid, keep: Option<Uuid>, at: Ts) -> StorageResult<u64> {
    let sql =
        "UPDATE api_keys SET revoked_at = $3 WHERE user_id = $1 AND via = 'session' AND revoked_at IS NULL
               AND (id <> $2 OR $2 IS NULL)";
    tx.change(sql, args![user, keep, at]).await
}

/// Revokes a key from `at` on; says whether there was one of this sort, of this user where one is named.
pub async fn revoke(
    tx: &mut Tx,
    (org, user): (Uuid, Option<Uuid>),
    (via, id): (Via, Uuid),
    at: Ts,
) -> StorageResult<bool> {
    let sql = "UPDATE api_keys SET revoked_at = $4 WHERE org_id = $1 AND id = $2 AND via = $3 AND revoked_at IS NULL
               AND (user_id = $5 OR $5 IS NULL)";
    Ok(tx.change(sql, args![org, id, via.word(), at, user]).await? > 0)
}

/// Lets a key end at `at`, if it would have lived longer.
pub async fn expire(tx: &mut Tx, org: Uuid, id: Uuid, at: Ts) -> StorageResult<()> {
    let sql = "UPDATE api_keys SET expires_at = $3
               WHERE org_id = $1 AND id = $2 AND (expires_at IS NULL OR expires_at > $3)";
    tx.change(sql, args![org, id, at]).await.map(drop)
}

/// A plan that keys have of their own, and how many.
pub struct Planned {
    /// The plan.
    pub plan: String,
    /// How many keys.
    pub n: i64,
}
record!(Planned => plan, n);

/// The plans that keys of all organisations have of their own.
pub async fn plans(on: &mut impl Session) -> StorageResult<Vec<Planned>> {
    let sql = "SELECT plan, CAST(COUNT(*) AS BIGINT) AS n FROM api_keys
               WHERE plan IS NOT NULL AND revoked_at IS NULL GROUP BY plan ORDER BY plan";
    on.rows(sql, args![]).await
}

/// Notes the minute of a key's use.
pub async fn touch(db: &Db, id: Uuid, minute: Ts) -> StorageResult<()> {
    let sql =
        "UPDATE api_keys SET last_used_at = $2 WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < $2)";
    db.execute_autocommit(sql, args![id, minute]).await.map(drop)
}

//! Links that work once, found by digest.

use crate::{Session, Tx, arg::args, error::StorageResult, row::record, values::values};
use g8_domain::{
    Ts,
    record::{Link, Purpose},
};
use uuid::Uuid;

record!(Link => id, digest, purpose, user_id, org_id, email, role, created_by, created_at, expires_at);

/// Adds a link. An invitation replaces an earlier one of the same address.
pub async fn insert(tx: &mut Tx, link: &Link) -> StorageResult<()> {
    if link.purpose == Purpose::Invitation {
        let sql = "DELETE FROM links WHERE purpose = 'invitation' AND org_id = $1 AND email = $2";
        tx.change(sql, args![link.org_id, &link.email]).await?;
    }
    let row = values!(link => id, digest, purpose, user_id, org_id, email, role, created_by, created_at, expires_at);
    row.insert(tx, "links", "").await.map(drop)
}

/// A link that still works.
pub async fn find(
    on: &mut impl Session,
    digest: &[u8],
    purpose: Purpose,
    now: Ts,
) -> StorageResult<Option<Link>> {
    let sql = "SELECT * FROM links WHERE digest = $1 AND purpose = $2 AND expires_at > $3";
    on.row(sql, args![digest.to_vec(), purpose.word(), now]).await
}

/// A link by its id, if it still works.
pub async fn get(on: &mut impl Session, id: Uuid, now: Ts) -> StorageResult<Option<Link>> {
    on.row("SELECT * FROM links WHERE id = $1 AND expires_at > $2", args![id, now]).await
}

/// Uses a link up; whoever is first has it.
pub async fn take(tx: &mut Tx, digest: &[u8], purpose: Purpose, now: Ts) -> StorageResult<Option<Link>> {
    let sql = "DELETE FROM links WHERE digest = $1 AND purpose = $2 AND expires_at > $3
               RETURNING id, digest, purpose, user_id, org_id, email, role, created_by, created_at, expires_at";
    tx.row(sql, args![digest.to_vec(), purpose.word(), now]).await
}

/// The invitations of an organisation that still work, newest first.
pub async fn invitations(on: &mut impl Session, org: Uuid, now: Ts) -> StorageResult<Vec<Link>> {
    let sql = "SELECT * FROM links WHERE org_id = $1 AND purpose = 'invitation' AND expires_at > $2
               ORDER BY id DESC LIMIT 200";
    on.rows(sql, args![org, now]).await
}

/// Takes an invitation back; says whether there was one.
pub async fn revoke(tx: &mut Tx, org: Uuid, id: Uuid) -> StorageResult<bool> {
    let sql = "DELETE FROM links WHERE org_id = $1 AND id = $2 AND purpose = 'invitation'";
    Ok(tx.change(sql, args![org, id]).await? > 0)
}

/// Takes all links of a purpose back: of a user, or those that belong to none.
pub async fn withdraw(tx: &mut Tx, purpose: Purpose, user: Option<Uuid>) -> StorageResult<()> {
    let sql = "DELETE FROM links WHERE purpose = $1 AND (user_id = $2 OR ($2 IS NULL AND user_id IS NULL))";
    tx.change(sql, args![purpose.word(), user]).await.map(drop)
}

/// Forgets links that have not worked since `before`.
pub async fn forget(tx: &mut Tx, before: Ts, limit: i64) -> StorageResult<u64> {
    let sql = "DELETE FROM links WHERE id IN (SELECT id FROM links WHERE expires_at < $1 ORDER BY expires_at LIMIT $2)";
    tx.change(sql, args![before, limit]).await
}

//! Users and their memberships.

use crate::{
    Session, Tx,
    arg::args,
    error::StorageResult,
    row::{FromRow, record},
    values::values,
};
use g8_domain::{
    Ts,
    record::{Organization, Role, User},
};
use uuid::Uuid;

record!(User => id, email, name, created_at);

struct Member {
    user: User,
    role: Role,
}

impl FromRow for Member {
    fn from_row(row: &mut crate::row::Row) -> StorageResult<Self> {
        Ok(Self { user: User::from_row(row)?, role: crate::row::Cell::cell(row, "role")? })
    }

    fn columns(all: &mut Vec<&'static str>) {
        User::columns(all);
        all.push("role");
    }
}

/// Adds a user with a password's hash, or without one.
pub async fn insert(tx: &mut Tx, user: &User, password_hash: Option<String>) -> StorageResult<()> {
    let row = values!(user => id, email, name, created_at; password_hash = password_hash);
    row.insert(tx, "users", "").await.map(drop)
}

/// The user with this address.
pub async fn by_email(on: &mut impl Session, email: &str) -> StorageResult<Option<User>> {
    on.row("SELECT id, email, name, created_at FROM users WHERE email = $1", args![email]).await
}

/// Makes a user a member.
pub async fn join(tx: &mut Tx, user: Uuid, org: Uuid, role: Role, at: Ts) -> StorageResult<()> {
    tx.change(
        "INSERT INTO memberships (user_id, org_id, role, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (user_id, org_id) DO UPDATE SET role = excluded.role",
        args![user, org, role.word(), at],
    )
    .await?;
    Ok(())
}

/// Makes a user a member who is none yet; who is one stays what they are.
pub async fn join_once(tx: &mut Tx, user: Uuid, org: Uuid, role: Role, at: Ts) -> StorageResult<()> {
    tx.change(
        "INSERT INTO memberships (user_id, org_id, role, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (user_id, org_id) DO NOTHING",
        args![user, org, role.word(), at],
    )
    .await?;
    Ok(())
}

/// Ends a membership; personal keys die with it.
pub async fn leave(tx: &mut Tx, user: Uuid, org: Uuid) -> StorageResult<bool> {
    let gone =
        tx.change("DELETE FROM memberships WHERE user_id = $1 AND org_id = $2", args![user, org]).await?;
    Ok(gone > 0)
}

/// A user as a member of an organisation, if they are one.
pub async fn member(on: &mut impl Session, user: Uuid, org: Uuid) -> StorageResult<Option<(User, Role)>> {
    let sql = "SELECT u.id, u.email, u.name, u.created_at, m.role FROM users u
               JOIN memberships m ON m.user_id = u.id WHERE u.id = $1 AND m.org_id = $2";
    Ok(on.row::<Member>(sql, args![user, org]).await?.map(|row| (row.user, row.role)))
}

/// The members of an organisation, oldest first.
pub async fn members(on: &mut impl Session, org: Uuid) -> StorageResult<Vec<(User, Role)>> {
    let sql = "SELECT u.id, u.email, u.name, u.created_at, m.role FROM users u
               JOIN memberships m ON m.user_id = u.id WHERE m.org_id = $1 ORDER BY u.created_at, u.id";
    let rows = on.rows::<Member>(sql, args![org]).await?;
    Ok(rows.into_iter().map(|row| (row.user, row.role)).collect())
}

/// One user.
pub async fn get(on: &mut impl Session, id: Uuid) -> StorageResult<Option<User>> {
    on.row("SELECT id, email, name, created_at FROM users WHERE id = $1", args![id]).await
}

/// What a user proves themselves with.
#[derive(Debug, Clone)]
pub struct Proofs {
    /// The password's hash; without one, nobody signs in by password.
    pub password_hash: Option<String>,
    /// Of the second factor, where it is on.
    pub totp_nonce: Option<Vec<u8>>,
    /// Of an enrolment that was not confirmed.
    pub totp_pending: Option<Vec<u8>>,
    /// The step of the last code.
    pub totp_step: Option<i64>,
    /// When the address was shown to be theirs.
    pub verified_at: Option<Ts>,
}
record!(Proofs => password_hash, totp_nonce, totp_pending, totp_step, verified_at);

/// What a user proves themselves with. In a transaction, nobody else changes it until the end.
pub async fn proofs(on: &mut impl Session, id: Uuid) -> StorageResult<Option<Proofs>> {
    let sql = "SELECT password_hash, totp_nonce, totp_pending, totp_step, verified_at FROM users WHERE id = $1 {lock}";
    on.row(sql, args![id]).await
}

/// Gives a user another password.
pub async fn set_password(tx: &mut Tx, id: Uuid, hash: String) -> StorageResult<()> {
    tx.change("UPDATE users SET password_hash = $2, totp_pending = NULL WHERE id = $1", args![id, hash])
        .await?;
    Ok(())
}

/// Changes a user's second factor.
pub async fn set_totp(
    tx: &mut Tx,
    id: Uuid,
    (nonce, pending): (Option<Vec<u8>>, Option<Vec<u8>>),
    step: Option<i64>,
) -> StorageResult<()> {
    let sql = "UPDATE users SET totp_nonce = $2, totp_pending = $3, totp_step = $4 WHERE id = $1";
    tx.change(sql, args![id, nonce, pending, step]).await.map(drop)
}

/// Notes that the address was shown to be the user's own.
pub async fn verify(tx: &mut Tx, id: Uuid, at: Ts) -> StorageResult<()> {
    tx.change("UPDATE users SET verified_at = $2 WHERE id = $1", args![id, at]).await.map(drop)
}

/// Takes a password away that somebody else may have set.
pub async fn forget_password(tx: &mut Tx, id: Uuid) -> StorageResult<()> {
    tx.change("UPDATE users SET password_hash = NULL, totp_pending = NULL WHERE id = $1", args![id])
        .await
        .map(drop)
}

/// Whether anybody can sign in: by a password, or by an identity provider.
pub async fn anybody(on: &mut impl Session) -> StorageResult<bool> {
    let sql = "SELECT CAST(1 AS BIGINT) AS n FROM users u WHERE u.password_hash IS NOT NULL
               OR EXISTS (SELECT 1 FROM identities i WHERE i.user_id = u.id) LIMIT 1";
    Ok(on.number(sql, args![]).await?.is_some())
}

/// The organisations of a user and what they are in each, by name.
pub async fn orgs(on: &mut impl Session, id: Uuid) -> StorageResult<Vec<(Organization, Role)>> {
    let sql = "SELECT o.id, o.name, o.plan, o.created_at, o.erasures, m.role FROM organizations o
               JOIN memberships m ON m.org_id = o.id WHERE m.user_id = $1 ORDER BY o.name, o.id LIMIT 200";
    let rows = on.rows::<Place>(sql, args![id]).await?;
    Ok(rows.into_iter().map(|row| (row.org, row.role)).collect())
}

struct Place {
    org: Organization,
    role: Role,
}

impl FromRow for Place {
    fn from_row(row: &mut crate::row::Row) -> StorageResult<Self> {
        Ok(Self { org: Organization::from_row(row)?, role: crate::row::Cell::cell(row, "role")? })
    }

    fn columns(all: &mut Vec<&'static str>) {
        Organization::columns(all);
        all.push("role");
    }
}

/// How many administrators an organisation has.
pub async fn admins(on: &mut impl Session, org: Uuid) -> StorageResult<i64> {
    let sql = "SELECT COUNT(*) AS n FROM memberships WHERE org_id = $1 AND role = 'admin'";
    Ok(on.number(sql, args![org]).await?.unwrap_or_default())
}

/// Replaces the codes that stand in for the authenticator.
pub async fn set_recovery(tx: &mut Tx, id: Uuid, digests: Vec<Vec<u8>>) -> StorageResult<()> {
    tx.change("DELETE FROM recovery_codes WHERE user_id = $1", args![id]).await?;
    for digest in digests {
        tx.change("INSERT INTO recovery_codes (user_id, digest) VALUES ($1, $2)", args![id, digest]).await?;
    }
    Ok(())
}

/// Uses up such a code; says whether there was one.
pub async fn recover(tx: &mut Tx, id: Uuid, digest: Vec<u8>) -> StorageResult<bool> {
    let sql = "DELETE FROM recovery_codes WHERE user_id = $1 AND digest = $2";
    Ok(tx.change(sql, args![id, digest]).await? > 0)
}

/// How many such codes are left.
pub async fn recovery_left(on: &mut impl Session, id: Uuid) -> StorageResult<i64> {
    let sql = "SELECT COUNT(*) AS n FROM recovery_codes WHERE user_id = $1";
    Ok(on.number(sql, args![id]).await?.unwrap_or_default())
}

//! Users and their memberships.

use crate::{
    Session, Tx,
    arg::args,
    error::Result,
    row::{FromRow, record},
};
use g8_domain::{
    Ts,
    record::{Role, User},
};
use uuid::Uuid;

record!(User { id, email, name, created_at });

struct Member {
    user: User,
    role: Role,
}

impl FromRow for Member {
    fn from_row(row: &crate::row::Row) -> sqlx::Result<Self> {
        Ok(Self { user: User::from_row(row)?, role: crate::row::Cell::cell(row, "role")? })
    }
}

/// Adds a user with a password's hash, or without one.
pub async fn insert(tx: &mut Tx, user: &User, password_hash: Option<String>) -> Result<()> {
    tx.change(
        "INSERT INTO users (id, email, name, password_hash, created_at) VALUES ($1, $2, $3, $4, $5)",
        args![user.id, &user.email, &user.name, password_hash, user.created_at],
    )
    .await?;
    Ok(())
}

/// The user with this address.
pub async fn by_email(on: &mut impl Session, email: &str) -> Result<Option<User>> {
    on.row("SELECT id, email, name, created_at FROM users WHERE email = $1", args![email]).await
}

/// Makes a user a member.
pub async fn join(tx: &mut Tx, user: Uuid, org: Uuid, role: Role, at: Ts) -> Result<()> {
    tx.change(
        "INSERT INTO memberships (user_id, org_id, role, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (user_id, org_id) DO UPDATE SET role = excluded.role",
        args![user, org, role.word(), at],
    )
    .await?;
    Ok(())
}

/// Ends a membership; personal keys die with it.
pub async fn leave(tx: &mut Tx, user: Uuid, org: Uuid) -> Result<bool> {
    let gone =
        tx.change("DELETE FROM memberships WHERE user_id = $1 AND org_id = $2", args![user, org]).await?;
    Ok(gone > 0)
}

/// A user as a member of an organisation, if they are one.
pub async fn member(on: &mut impl Session, user: Uuid, org: Uuid) -> Result<Option<(User, Role)>> {
    let sql = "SELECT u.id, u.email, u.name, u.created_at, m.role FROM users u
               JOIN memberships m ON m.user_id = u.id WHERE u.id = $1 AND m.org_id = $2";
    Ok(on.row::<Member>(sql, args![user, org]).await?.map(|row| (row.user, row.role)))
}

/// The members of an organisation, oldest first.
pub async fn members(on: &mut impl Session, org: Uuid) -> Result<Vec<(User, Role)>> {
    let sql = "SELECT u.id, u.email, u.name, u.created_at, m.role FROM users u
               JOIN memberships m ON m.user_id = u.id WHERE m.org_id = $1 ORDER BY u.created_at, u.id";
    let rows = on.rows::<Member>(sql, args![org]).await?;
    Ok(rows.into_iter().map(|row| (row.user, row.role)).collect())
}

//! Who users are elsewhere.

use crate::{Session, Tx, arg::args, error::StorageResult};
use g8_domain::{Ts, record::User};
use uuid::Uuid;

/// The user whom a provider knows by this name.
pub async fn user(on: &mut impl Session, issuer: &str, subject: &str) -> StorageResult<Option<User>> {
    let sql = "SELECT u.id, u.email, u.name, u.created_at FROM users u
               JOIN identities i ON i.user_id = u.id WHERE i.issuer = $1 AND i.subject = $2";
    on.row(sql, args![issuer, subject]).await
}

/// Notes by which name a provider knows a user.
pub async fn insert(tx: &mut Tx, (issuer, subject): (&str, &str), user: Uuid, at: Ts) -> StorageResult<()> {
    let sql = "INSERT INTO identities (issuer, subject, user_id, created_at) VALUES ($1, $2, $3, $4)";
    tx.change(sql, args![issuer, subject, user, at]).await.map(drop)
}

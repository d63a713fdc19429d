//! Sealed credentials of all areas, in one table, so that a change of keys has one place to look.
//!
//! What is in an envelope is not known here (`g8_auth::SealedEnvelope`).

use super::sealing_keys::hold_current;
use crate::{Session, Tx, arg::args, error::StorageResult, filter::Rows, row::record, values::values};
use g8_domain::Ts;
use std::fmt;
use uuid::Uuid;

/// A sealed credential, as it is stored. Not printed whole: no log is a second place for it.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedValue {
    /// Its row, which its envelope is bound to, as to the two that follow.
    pub id: Uuid,
    /// Whose it is; none for the installation's own.
    pub org_id: Option<Uuid>,
    /// What it is, as `mailbox.password`.
    pub kind: String,
    /// The record it belongs to, as its area writes it: `mailbox:<id>`.
    pub owner: String,
    /// The key that opens it.
    pub key_id: Uuid,
    /// The envelope's bytes.
    pub envelope: Vec<u8>,
    /// Since when it is there.
    pub created_at: Ts,
    /// When the credential was last changed.
    pub updated_at: Ts,
}
record!(SealedValue => id, org_id, kind, owner, key_id, envelope, created_at, updated_at);

impl fmt::Debug for SealedValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, org_id, kind, owner, key_id, .. } = self;
        write!(f, "SealedValue({id}, org {org_id:?}, {kind} of {owner}, key {key_id})")
    }
}

/// What became of a value that was to be stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SealedPut {
    /// It is there.
    Stored,
    /// Its key was retired meanwhile: it is to be sealed again, under the current one.
    KeyRetired,
    /// The row is another organization's, kind's or owner's, and stays as it was.
    Foreign,
}

/// Stores a value, in the place of the one that its row had. That keeps when it was created.
pub async fn put(tx: &mut Tx, value: &SealedValue) -> StorageResult<SealedPut> {
    if !hold_current(tx, value.key_id).await? {
        return Ok(SealedPut::KeyRetired);
    }
    let row = values!(value => id, org_id, kind, owner, key_id, envelope, created_at, updated_at);
    let otherwise = "ON CONFLICT (id) DO UPDATE SET key_id = excluded.key_id, envelope = excluded.envelope,
                         updated_at = excluded.updated_at
                     WHERE sealed_values.org_id IS NOT DISTINCT FROM excluded.org_id
                         AND sealed_values.kind = excluded.kind AND sealed_values.owner = excluded.owner";
    let stored = row.insert(tx, "sealed_values", otherwise).await?;
    Ok(if stored { SealedPut::Stored } else { SealedPut::Foreign })
}

const ROWS: Rows = Rows::of(
    "SELECT id, org_id, kind, owner, key_id, envelope, created_at, updated_at",
    "FROM sealed_values",
    "id",
);

/// One value of an organization, or of the installation.
pub async fn get(on: &mut impl Session, org: Option<Uuid>, id: Uuid) -> StorageResult<Option<SealedValue>> {
    let those = "id = $2 AND org_id IS NOT DISTINCT FROM $1";
    ROWS.one(on, those, args![org, id]).await
}

/// Removes one value; false where there is none.
pub async fn remove(tx: &mut Tx, org: Option<Uuid>, id: Uuid) -> StorageResult<bool> {
    let sql = "DELETE FROM sealed_values WHERE id = $2 AND org_id IS NOT DISTINCT FROM $1";
    Ok(tx.change(sql, args![org, id]).await? > 0)
}

/// Removes all values of a record; says how many.
pub async fn remove_of_owner(tx: &mut Tx, org: Option<Uuid>, owner: &str) -> StorageResult<u64> {
    let sql = "DELETE FROM sealed_values WHERE owner = $2 AND org_id IS NOT DISTINCT FROM $1";
    tx.change(sql, args![org, owner]).await
}

/// Removes all values of an organization; says how many.
pub async fn remove_of_org(tx: &mut Tx, org: Uuid) -> StorageResult<u64> {
    tx.change("DELETE FROM sealed_values WHERE org_id = $1", args![org]).await
}

/// At most `limit` values of whichever organization that are to be sealed again, because their keys are
/// retired, in the order of key and id and behind `after` (at first, nil and nil): one that does not open
/// keeps none behind it waiting. Each takes up to 64 KiB.
pub async fn of_retired_keys(
    on: &mut impl Session,
    (key, id): (Uuid, Uuid),
    limit: i64,
) -> StorageResult<Vec<SealedValue>> {
    let those =
        "key_id IN (SELECT id FROM sealing_keys WHERE retired_at IS NOT NULL) AND (key_id, id) > ($1, $2)
                 ORDER BY key_id, id LIMIT $3";
    ROWS.all(on, those, args![key, id, limit]).await
}

/// Puts a value that was sealed again under the current key in the place of what it `was`; false where it
/// was changed or removed since it was read, or that key is not current any more.
pub async fn replace_envelope(
    tx: &mut Tx,
    was: &SealedValue,
    new_key: Uuid,
    envelope: Vec<u8>,
) -> StorageResult<bool> {
    if !hold_current(tx, new_key).await? {
        return Ok(false);
    }
    // No two envelopes are the same: where it is, so is the value.
    let sql = "UPDATE sealed_values SET key_id = $5, envelope = $6
               WHERE id = $2 AND org_id IS NOT DISTINCT FROM $1 AND key_id = $3 AND envelope = $4";
    let args = args![was.org_id, was.id, was.key_id, was.envelope.clone(), new_key, envelope];
    Ok(tx.change(sql, args).await? > 0)
}

/// How many values are sealed under a key.
pub async fn count(on: &mut impl Session, key: Uuid) -> StorageResult<i64> {
    let sql = "SELECT COUNT(*) AS n FROM sealed_values WHERE key_id = $1";
    Ok(on.number(sql, args![key]).await?.unwrap_or_default())
}

/// At most `limit` values under a key, in the order of their ids and behind `after` (at first, nil). Each takes up
/// to 64 KiB.
pub async fn of_key(
    on: &mut impl Session,
    key: Uuid,
    after: Uuid,
    limit: i64,
) -> StorageResult<Vec<SealedValue>> {
    let those = "key_id = $1 AND id > $2 ORDER BY id LIMIT $3";
    ROWS.all(on, those, args![key, after, limit]).await
}

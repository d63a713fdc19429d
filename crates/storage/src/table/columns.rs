//! Custom fields and their values.

use crate::{
    Session, Tx,
    arg::args,
    bulk::{self, among},
    error::StorageResult,
    row::record,
    values::values,
};
use g8_domain::{
    Ts,
    record::{Column, Subject},
};
use uuid::Uuid;

record!(Column => id, org_id, subject, title, name, data_type, list_id, created_at);

/// One record's value in one field.
pub struct Value {
    /// The record.
    pub record_id: i64,
    /// The field's slug.
    pub name: String,
    /// The value as text.
    pub value: String,
}
record!(Value => record_id, name, value);

/// Adds a field; `None` when its slug is taken.
pub async fn insert(tx: &mut Tx, column: &Column) -> StorageResult<Option<i64>> {
    let row = values!(column => org_id, subject, title, name, data_type, list_id, created_at);
    row.insert_numbered(tx, "custom_columns").await
}

/// The fields of a subject: the global ones and, with a list, that list's own.
pub async fn all(
    on: &mut impl Session,
    org: Uuid,
    subject: Subject,
    list: Option<i64>,
) -> StorageResult<Vec<Column>> {
    let sql = "SELECT * FROM custom_columns WHERE org_id = $1 AND subject = $2 AND deleted_at IS NULL
               AND (list_id IS NULL OR list_id = $3) ORDER BY id";
    on.rows(sql, args![org, subject.word(), list]).await
}

/// Every field of a subject, of whichever list.
pub async fn every(on: &mut impl Session, org: Uuid, subject: Subject) -> StorageResult<Vec<Column>> {
    let sql =
        "SELECT * FROM custom_columns WHERE org_id = $1 AND subject = $2 AND deleted_at IS NULL ORDER BY id";
    on.rows(sql, args![org, subject.word()]).await
}

/// Hides a field and its values; says whether it was there.
pub async fn delete(tx: &mut Tx, org: Uuid, subject: Subject, id: i64, at: Ts) -> StorageResult<bool> {
    let sql = "UPDATE custom_columns SET deleted_at = $4
               WHERE org_id = $1 AND subject = $2 AND id = $3 AND deleted_at IS NULL";
    Ok(tx.change(sql, args![org, subject.word(), id, at]).await? > 0)
}

/// Writes a value, or clears it.
pub async fn set(tx: &mut Tx, column: i64, record: i64, value: Option<&str>) -> StorageResult<()> {
    let Some(value) = value else {
        tx.change("DELETE FROM custom_values WHERE record_id = $1 AND column_id = $2", args![record, column])
            .await?;
        return Ok(());
    };
    let sql = "INSERT INTO custom_values (column_id, record_id, value) VALUES ($1, $2, $3)
               ON CONFLICT (record_id, column_id) DO UPDATE SET value = excluded.value";
    tx.change(sql, args![column, record, value]).await.map(drop)
}

/// Writes many values: column, record, value.
pub async fn set_many(tx: &mut Tx, values: Vec<(i64, i64, String)>) -> StorageResult<()> {
    let row = |(column, record, value)| values!(column_id = column, record_id = record, value = value);
    let otherwise = "ON CONFLICT (record_id, column_id) DO UPDATE SET value = excluded.value";
    let rows = values.into_iter().map(row);
    bulk::write(tx, "custom_values", rows, otherwise).await
}

/// The values of these records.
pub async fn values(
    on: &mut impl Session,
    org: Uuid,
    subject: Subject,
    records: &[i64],
) -> StorageResult<Vec<Value>> {
    let sql =
        "SELECT v.record_id, c.name, v.value FROM custom_values v JOIN custom_columns c ON c.id = v.column_id
               WHERE c.org_id = $1 AND c.subject = $2 AND c.deleted_at IS NULL AND v.record_id IN ";
    among(on, sql, args![org, subject.word()], records).await
}

/// Forgets fields that were hidden before `before`, up to `limit` values at a time, and each field with its last
/// one.
pub async fn forget(tx: &mut Tx, before: Ts, limit: i64) -> StorageResult<u64> {
    let sql = "DELETE FROM custom_values WHERE (record_id, column_id) IN (SELECT v.record_id, v.column_id
               FROM custom_values v JOIN custom_columns c ON c.id = v.column_id WHERE c.deleted_at < $1 LIMIT $2)";
    let values = tx.change(sql, args![before, limit]).await?;
    let sql = "DELETE FROM custom_columns WHERE id IN (SELECT c.id FROM custom_columns c WHERE c.deleted_at < $1
               AND NOT EXISTS (SELECT 1 FROM custom_values v WHERE v.column_id = c.id) ORDER BY c.deleted_at LIMIT $2)";
    Ok(values + tx.change(sql, args![before, limit]).await?)
}

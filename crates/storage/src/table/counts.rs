//! How many contacts and companies there are, kept by the engine with every change; and on lists.

use crate::{Session, arg::args, error::StorageResult};
use g8_domain::record::Subject;
use uuid::Uuid;

/// The number of an organisation's records that are there.
pub async fn of(on: &mut impl Session, org: Uuid, subject: Subject) -> StorageResult<i64> {
    let sql = "SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT) AS n FROM record_counts WHERE org_id = $1 AND subject = $2";
    Ok(on.number(sql, args![org, subject.word()]).await?.unwrap_or_default())
}

/// The number of contacts on an organisation's list.
pub async fn members(on: &mut impl Session, org: Uuid, list: i64) -> StorageResult<i64> {
    let sql = "SELECT COUNT(*) AS n FROM list_contacts m JOIN lists l ON l.id = m.list_id
               WHERE m.list_id = $2 AND l.org_id = $1";
    Ok(on.number(sql, args![org, list]).await?.unwrap_or_default())
}

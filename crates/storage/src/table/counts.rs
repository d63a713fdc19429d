//! How many contacts and companies there are: kept by the engine with every change.

use crate::{Session, arg::args, error::Result};
use g8_domain::record::Subject;
use uuid::Uuid;

/// The number of an organisation's records that are there.
pub async fn of(on: &mut impl Session, org: Uuid, subject: Subject) -> Result<i64> {
    let sql = "SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT) AS n FROM record_counts WHERE org_id = $1 AND subject = $2";
    Ok(on.number(sql, args![org, subject.word()]).await?.unwrap_or_default())
}

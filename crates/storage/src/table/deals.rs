//! Deals, with their stages and the first of their contacts.

use crate::{
    Session, Tx,
    arg::args,
    bulk::among,
    error::StorageResult,
    filter::{Filter, Index, RowCount, Rows, Slice},
    row::{Number, record},
    values::{Values, values},
};
use g8_domain::{
    Ts,
    record::{Deal, StageType},
    value::fold,
};
use uuid::Uuid;

record!(Deal =>
    id, org_id, name, description, amount, currency, pipeline_id, stage_id, company_id, owner_id, close_date,
    stage_since, created_at, updated_at, stage_name, stage_type, contact_count, primary_id, primary_first_name,
    primary_last_name, primary_email, primary_title, primary_role, company_name
);

/// Which deals a list shows; every condition must hold.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "each field is the column it filters")]
pub struct DealFilter {
    /// A part of it.
    pub name: Option<String>,
    pub stage_id: Option<Uuid>,
    pub pipeline_id: Option<Uuid>,
    pub company_id: Option<i64>,
    pub contact_id: Option<i64>,
    pub owner_id: Option<String>,
    pub status: Option<StageType>,
}

/// Adds a deal.
pub async fn insert(tx: &mut Tx, deal: &Deal) -> StorageResult<()> {
    let row = values!(deal => id, org_id, pipeline_id, stage_id, stage_since, created_at).and(values(deal));
    row.insert(tx, "deals", "").await.map(drop)
}

/// Writes what of a deal can be changed, but its stage.
pub async fn update(tx: &mut Tx, deal: &Deal) -> StorageResult<()> {
    values(deal).update(tx, "deals", "org_id = ? AND id = ?", args![deal.org_id, deal.id]).await.map(drop)
}

/// The columns that insert and update share.
fn values(deal: &Deal) -> Values {
    values!(deal => name, description, amount, currency, company_id, owner_id, close_date, updated_at;
        name_fold = fold(&deal.name))
}

/// Notes that a deal was changed.
pub async fn touch(tx: &mut Tx, org: Uuid, id: Uuid, at: Ts) -> StorageResult<()> {
    tx.change("UPDATE deals SET updated_at = $3 WHERE org_id = $1 AND id = $2", args![org, id, at])
        .await
        .map(drop)
}

/// Puts deals into another stage.
pub async fn place(tx: &mut Tx, org: Uuid, ids: &[Uuid], to: (Uuid, Uuid), at: Ts) -> StorageResult<()> {
    let (pipeline, stage) = to;
    let before = "UPDATE deals SET pipeline_id = $1, stage_id = $2, stage_since = $3, updated_at = $4
                  WHERE org_id = $5 AND id IN ";
    among::<Number>(tx, before, args![pipeline, stage, at, at, org], ids).await?;
    Ok(())
}

/// Removes a deal with everything that hangs on it.
pub async fn delete(tx: &mut Tx, org: Uuid, id: Uuid) -> StorageResult<()> {
    for sql in [
        "DELETE FROM deal_contacts WHERE org_id = $1 AND deal_id = $2",
        "DELETE FROM deal_notes WHERE org_id = $1 AND deal_id = $2",
        "DELETE FROM deal_moves WHERE org_id = $1 AND deal_id = $2",
        "DELETE FROM deals WHERE org_id = $1 AND id = $2",
    ] {
        tx.change(sql, args![org, id]).await?;
    }
    Ok(())
}

/// Holds a deal, so that nobody else changes it meanwhile; says whether it is there.
pub async fn lock_for_update(tx: &mut Tx, org: Uuid, id: Uuid) -> StorageResult<bool> {
    let sql = "SELECT CAST(1 AS BIGINT) AS n FROM deals WHERE org_id = $1 AND id = $2 {lock}";
    Ok(tx.number(sql, args![org, id]).await?.is_some())
}

/// One deal.
pub async fn get(on: &mut impl Session, org: Uuid, id: Uuid) -> StorageResult<Option<Deal>> {
    Ok(get_many(on, org, &[id]).await?.pop())
}

/// The deals of these ids that are there.
pub async fn get_many(on: &mut impl Session, org: Uuid, ids: &[Uuid]) -> StorageResult<Vec<Deal>> {
    // A list that is filled up with its last key names it more than once, and a row comes once all the same.
    among(on, &ROWS.where_("d.org_id = $1 AND d.id IN "), args![org], ids).await
}

const ROWS: Rows = Rows {
    select: "SELECT d.*, s.name AS stage_name, s.stage_type AS stage_type,
         (SELECT COUNT(*) FROM deal_contacts n WHERE n.deal_id = d.id) AS contact_count,
         p.contact_id AS primary_id, p.role AS primary_role, c.first_name AS primary_first_name,
         c.last_name AS primary_last_name, c.work_email AS primary_email, c.job_title AS primary_title,
         COALESCE(o.name, o.domain) AS company_name",
    from: "FROM deals d JOIN stages s ON s.id = d.stage_id
         LEFT JOIN deal_contacts p ON p.deal_id = d.id
              AND p.position = (SELECT MIN(m.position) FROM deal_contacts m WHERE m.deal_id = d.id)
         LEFT JOIN contacts c ON c.id = p.contact_id
         LEFT JOIN companies o ON o.id = d.company_id AND o.deleted_at IS NULL",
    count_from: "FROM deals d JOIN stages s ON s.id = d.stage_id",
    key: "d.id",
    index: None,
    narrow: None,
};

/// The deals that meet a filter, newest first, and their number.
pub async fn page(
    on: &mut impl Session,
    org: Uuid,
    filter: DealFilter,
    slice: &Slice,
) -> StorageResult<(Vec<Deal>, RowCount)> {
    Filter::new("d.org_id = ", org)
        .contains("d.name_fold LIKE ", filter.name.as_deref(), Index::No)
        .compare("d.stage_id = ", filter.stage_id)
        .compare("d.pipeline_id = ", filter.pipeline_id)
        .compare("d.company_id = ", filter.company_id)
        .with("d.id IN (SELECT deal_id FROM deal_contacts WHERE contact_id = ", filter.contact_id, ")")
        .compare("d.owner_id = ", filter.owner_id)
        .compare("s.stage_type = ", filter.status.map(StageType::word))
        .page(on, ROWS, slice)
        .await
}

/// The oldest deal of this name, in any case, with this company or none.
pub async fn named(
    on: &mut impl Session,
    org: Uuid,
    name: &str,
    company: Option<i64>,
) -> StorageResult<Option<Uuid>> {
    let sql = "SELECT id FROM deals WHERE org_id = $1 AND name_fold = $2 AND COALESCE(company_id, -1) = $3
               ORDER BY id LIMIT 1";
    let found = on.row::<Id>(sql, args![org, fold(name), company.unwrap_or(-1)]).await?;
    Ok(found.map(|found| found.id))
}

/// A deal's id.
struct Id {
    id: Uuid,
}
record!(Id => id);

/// Up to `limit` deals in a stage.
pub async fn in_stage(on: &mut impl Session, org: Uuid, stage: Uuid, limit: i64) -> StorageResult<Vec<Uuid>> {
    let sql = "SELECT id FROM deals WHERE org_id = $1 AND stage_id = $2 ORDER BY id LIMIT $3";
    let rows = on.rows::<Id>(sql, args![org, stage, limit]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// How many deals are in a stage.
pub async fn count_in_stage(on: &mut impl Session, org: Uuid, stage: Uuid) -> StorageResult<i64> {
    let sql = "SELECT COUNT(*) AS n FROM deals WHERE org_id = $1 AND stage_id = $2";
    Ok(on.number(sql, args![org, stage]).await?.unwrap_or_default())
}

/// How many deals are in a pipeline.
pub async fn count_in_pipeline(on: &mut impl Session, org: Uuid, pipeline: Uuid) -> StorageResult<i64> {
    let sql = "SELECT COUNT(*) AS n FROM deals WHERE org_id = $1 AND pipeline_id = $2";
    Ok(on.number(sql, args![org, pipeline]).await?.unwrap_or_default())
}

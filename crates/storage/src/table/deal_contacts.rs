//! Who takes part in which deal.

use crate::{Session, Tx, arg::args, bulk::among, error::StorageResult, row::record};
use g8_domain::{
    Ts,
    record::{DealRole, Party},
};
use uuid::Uuid;

record!(Party => deal_id, contact_id, role, position, first_name, last_name, email, title);

/// Adds a living contact of the organisation to a deal that is held; says whether it is new there.
pub async fn add(tx: &mut Tx, org: Uuid, deal: Uuid, contact: i64, at: Ts) -> StorageResult<bool> {
    let sql = "INSERT INTO deal_contacts (org_id, deal_id, contact_id, position, added_at)
               SELECT org_id, $2, id, (SELECT COALESCE(MAX(position), -1) + 1 FROM deal_contacts WHERE deal_id = $2), $4
               FROM contacts WHERE org_id = $1 AND id = $3 AND deleted_at IS NULL ON CONFLICT DO NOTHING";
    Ok(tx.change(sql, args![org, deal, contact, at]).await? > 0)
}

/// Says what somebody has to say in a deal; whether they take part in it.
pub async fn set_role(
    tx: &mut Tx,
    org: Uuid,
    (deal, contact): (Uuid, i64),
    role: Option<DealRole>,
) -> StorageResult<bool> {
    let sql = "UPDATE deal_contacts SET role = $4 WHERE org_id = $1 AND deal_id = $2 AND contact_id = $3";
    Ok(tx.change(sql, args![org, deal, contact, role.map(DealRole::word)]).await? > 0)
}

/// Takes somebody out of a deal; says whether they took part in it.
pub async fn remove(tx: &mut Tx, org: Uuid, deal: Uuid, contact: i64) -> StorageResult<bool> {
    let sql = "DELETE FROM deal_contacts WHERE org_id = $1 AND deal_id = $2 AND contact_id = $3";
    Ok(tx.change(sql, args![org, deal, contact]).await? > 0)
}

/// How many take part in a deal.
pub async fn count(on: &mut impl Session, org: Uuid, deal: Uuid) -> StorageResult<i64> {
    let sql = "SELECT COUNT(*) AS n FROM deal_contacts WHERE org_id = $1 AND deal_id = $2";
    Ok(on.number(sql, args![org, deal]).await?.unwrap_or_default())
}

/// Who takes part in these deals, each deal's in the order they came.
pub async fn of(on: &mut impl Session, org: Uuid, deals: &[Uuid]) -> StorageResult<Vec<Party>> {
    let before = "SELECT l.deal_id, l.contact_id, l.role, l.position, c.first_name, c.last_name,
                  c.work_email AS email, c.job_title AS title
                  FROM deal_contacts l JOIN contacts c ON c.id = l.contact_id WHERE l.org_id = $1 AND l.deal_id IN ";
    let mut all: Vec<Party> = among(on, before, args![org], deals).await?;
    all.sort_by_key(|party| (party.deal_id, party.position));
    Ok(all)
}

/// How one contact takes part in these deals.
pub async fn of_contact(
    on: &mut impl Session,
    org: Uuid,
    contact: i64,
    deals: &[Uuid],
) -> StorageResult<Vec<Party>> {
    let before = "SELECT l.deal_id, l.contact_id, l.role, l.position, c.first_name, c.last_name,
                  c.work_email AS email, c.job_title AS title FROM deal_contacts l
                  JOIN contacts c ON c.id = l.contact_id WHERE l.org_id = $1 AND l.contact_id = $2 AND l.deal_id IN ";
    among(on, before, args![org, contact], deals).await
}

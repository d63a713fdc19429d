//! The deals' ways from stage to stage.

use crate::{
    Session, Tx,
    arg::args,
    bulk::{self, among},
    error::StorageResult,
    filter::{Filter, RowCount, Rows, Slice},
    row::{Number, record},
    values::values,
};
use g8_domain::{Ts, record::DealMove};
use uuid::Uuid;

record!(DealMove =>
    id, org_id, deal_id, from_stage_id, from_stage_name, to_stage_id, to_stage_name, pipeline_id, at, left_at,
    user_id, author
);

/// Adds a step for each of some deals.
pub async fn insert(tx: &mut Tx, moves: &[DealMove]) -> StorageResult<()> {
    let row = |step: &DealMove| {
        values!(step => id, org_id, deal_id, from_stage_id, from_stage_name, to_stage_id, to_stage_name, pipeline_id,
            at, user_id, author)
    };
    bulk::write(tx, "deal_moves", moves.iter().map(row), "").await
}

/// Notes that these deals have gone on from where they were.
pub async fn leave(tx: &mut Tx, org: Uuid, deals: &[Uuid], at: Ts) -> StorageResult<()> {
    let before = "UPDATE deal_moves SET left_at = $1 WHERE org_id = $2 AND left_at IS NULL AND deal_id IN ";
    among::<Number>(tx, before, args![at, org], deals).await?;
    Ok(())
}

/// The steps of one deal, newest first, and their number.
pub async fn page(
    on: &mut impl Session,
    org: Uuid,
    deal: Uuid,
    slice: &Slice,
) -> StorageResult<(Vec<DealMove>, RowCount)> {
    let rows = Rows::of("SELECT *", "FROM deal_moves", "id");
    Filter::new("org_id = ", org).compare("deal_id = ", Some(deal)).page(on, rows, slice).await
}

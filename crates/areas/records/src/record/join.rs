//! Records that come on a list.

use super::NamedRecord;
use crate::membership::{WRITE, emit_added, members, open};
use g8_core::Ctx;
use g8_domain::Result;
use g8_storage::Tx;
use std::collections::HashSet;

/// Puts records on a list that the caller may change; says how many are new there, and which ids are no records.
pub(crate) async fn join<R: NamedRecord>(
    ctx: &Ctx,
    tx: &mut Tx,
    list: i64,
    ids: Vec<i64>,
) -> Result<(i64, Vec<i64>)> {
    members(&open(ctx, tx, list, WRITE).await?, R::SUBJECT)?;
    let joined: HashSet<i64> =
        R::join(tx, ctx.org(), list, ids.clone(), ctx.now()).await?.into_iter().collect();
    let mut told = HashSet::new();
    let new: Vec<i64> = ids.iter().copied().filter(|id| joined.contains(id) && told.insert(*id)).collect();
    // What came on the list is there.
    let others: Vec<i64> = ids.iter().copied().filter(|id| !joined.contains(id)).collect();
    let there = R::get_many(tx, ctx.org(), &others).await?;
    let there: HashSet<i64> = there.iter().map(R::id).collect();
    let added = i64::try_from(new.len()).unwrap_or_default();
    emit_added(ctx, tx, list, (R::SUBJECT, new)).await?;
    Ok((added, others.into_iter().filter(|id| !there.contains(id)).collect()))
}

//! Writing many records at once: the same rules as one by one, with a statement for each step and not for
//! each record.

use super::{NamedRecord, Names, RowOutcome, batch::UpsertBatch};
use crate::{
    column::{self, Custom},
    membership,
};
use g8_core::{Ctx, events::Event};
use g8_domain::Result;
use g8_storage::Tx;
use std::collections::HashSet;

/// Adds or changes records of canonical fields, with an event for each; says of each row what became of it.
pub(crate) async fn write_many<R: NamedRecord>(
    ctx: &Ctx,
    tx: &mut Tx,
    rows: Vec<(R::Fields, Custom)>,
    list: Option<i64>,
) -> Result<Vec<RowOutcome>> {
    tx.take_turn(ctx.org()).await?;
    let (rows, customs): (Vec<R::Fields>, Vec<Custom>) = rows.into_iter().unzip();
    let customs = column::fit_many(ctx, tx, R::SUBJECT, customs).await?;
    let prepared = R::prepare(ctx, tx, &rows).await?;
    let mut batch = UpsertBatch::new(stored::<R>(ctx, tx, &rows).await?);
    for ((fields, custom), prepared) in rows.into_iter().zip(&customs).zip(prepared) {
        match (custom, prepared) {
            (Err(issues), _) => batch.refuse(issues.clone()),
            (_, Err(issues)) => batch.refuse(issues),
            (Ok(_), Ok(prepared)) => {
                let names = R::named(&fields).map(Option::<&String>::cloned);
                let new = || R::blank(ctx, "import");
                batch.row(borrowed(&names), new, |record| record.fill_prepared(fields, prepared));
            }
        }
    }
    // A name that one gives up may be another's at once.
    for record in batch.changed() {
        record.touch(ctx.now());
        record.update(tx).await?;
    }
    for (id, names) in R::insert_many(tx, &batch.new_ones()).await? {
        batch.inserted(borrowed(&names), id);
    }
    let (ids, outcomes) = batch.outcomes();
    let (new, changed) = batch.written();
    let values = ids.iter().zip(customs).filter_map(|(id, custom)| Some(((*id)?, custom.ok()?)));
    column::store_many(tx, values.collect()).await?;
    if let Some(list) = list {
        let members: HashSet<i64> = ids.into_iter().flatten().collect();
        let joined = R::join(tx, ctx.org(), list, members.into_iter().collect(), ctx.now()).await?;
        membership::emit_added(ctx, tx, list, (R::SUBJECT, joined)).await?;
    }
    say_each(ctx, tx, R::CREATED, new).await?;
    say_each(ctx, tx, R::UPDATED, changed).await?;
    Ok(outcomes)
}

fn borrowed(names: &[Option<String>; 2]) -> Names<'_> {
    names.each_ref().map(Option::as_ref)
}

/// The stored records that rows are about.
async fn stored<R: NamedRecord>(ctx: &Ctx, tx: &mut Tx, rows: &[R::Fields]) -> Result<Vec<R>> {
    let names = [0, 1].map(|at| rows.iter().filter_map(|fields| R::named(fields)[at].cloned()).collect());
    let ids: HashSet<i64> = R::known(tx, ctx.org(), names).await?.into_iter().collect();
    let ids: Vec<i64> = ids.into_iter().collect();
    R::lock_for_update(tx, ctx.org(), ids.clone()).await?;
    Ok(R::get_many(tx, ctx.org(), &ids).await?)
}

async fn say_each<R: NamedRecord, E: Event>(
    ctx: &Ctx,
    tx: &mut Tx,
    event: fn(R::Payload) -> E,
    records: Vec<R>,
) -> Result<()> {
    let details = R::details(ctx, tx, records).await?;
    ctx.emit_all(tx, details.into_iter().map(|detail| event(detail.into())).collect()).await
}

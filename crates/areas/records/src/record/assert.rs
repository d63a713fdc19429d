//! "Add it, or change the one that is there", for one record and for many.

use super::{Asserted, BatchOutput, NamedRecord, outcome::Outcome, write::upsert};
use crate::column::Custom;
use crate::membership::{add_to_list, resolve_list};
use g8_core::{Args, Ctx, Shape};
use g8_domain::Result;
use g8_storage::Tx;

/// Adds or changes one record, and puts it on a list.
pub(crate) async fn assert<R: NamedRecord>(
    ctx: &Ctx,
    fields: R::Fields,
    custom: Custom,
    list: Option<i64>,
) -> Result<Asserted> {
    let mut tx = ctx.begin().await?;
    let list = resolve_list(ctx, &mut tx, list, R::SUBJECT).await?;
    let done = upsert::<R>(ctx, &mut tx, fields, custom).await?;
    add_to_list(ctx, &mut tx, list, (R::SUBJECT, done.1)).await?;
    tx.commit(Asserted::new(done)).await
}

/// Adds or changes each record; one with faults is reported and does not stop the others.
pub(crate) async fn assert_each<R: NamedRecord>(
    ctx: &Ctx,
    records: Vec<Args>,
    list: Option<i64>,
) -> Result<BatchOutput> {
    let mut output = BatchOutput::default();
    let mut tx = ctx.begin().await?;
    tx.take_turn(ctx.org()).await?;
    let list = resolve_list(ctx, &mut tx, list, R::SUBJECT).await?;
    for record in records {
        output.count(assert_one::<R>(ctx, &mut tx, record, list).await)?;
    }
    tx.commit(output).await
}

async fn assert_one<R: NamedRecord>(
    ctx: &Ctx,
    tx: &mut Tx,
    record: Args,
    list: Option<i64>,
) -> Result<(Outcome, i64)> {
    let fields = Shape::of::<R::Fields>().read(record)?;
    let done = upsert::<R>(ctx, tx, fields, Custom::default()).await?;
    add_to_list(ctx, tx, list, (R::SUBJECT, done.1)).await?;
    Ok(done)
}

//! Lists of records.

use super::NamedRecord;
use crate::column;
use g8_core::{Ctx, Paging};
use g8_domain::{Page, Result};
use g8_storage::{ListQuery, Slice};

/// A page of the records that are asked for, with their custom fields if these are wanted.
pub(crate) async fn page<R: NamedRecord>(
    ctx: &Ctx,
    paging: Paging,
    query: ListQuery<R::Filter>,
    custom: bool,
) -> Result<Page<R::Row>> {
    let slice = paging.slice::<i64>(ctx)?;
    let rows = R::page(&mut ctx.db(), ctx.org(), query, &slice).await?;
    let mut page = paging.page(ctx, rows, R::id).map(R::Row::from);
    if custom {
        show_custom::<R>(ctx, &mut page.data).await?;
    }
    Ok(page)
}

/// The rows of a slice with their custom fields, uncounted.
pub(crate) async fn rows<R: NamedRecord>(
    ctx: &Ctx,
    query: ListQuery<R::Filter>,
    slice: &Slice,
) -> Result<Vec<R::Row>> {
    let rows = R::slice(&mut ctx.db(), ctx.org(), query, slice).await?;
    let mut rows: Vec<R::Row> = rows.into_iter().map(R::Row::from).collect();
    show_custom::<R>(ctx, &mut rows).await?;
    Ok(rows)
}

async fn show_custom<R: NamedRecord>(ctx: &Ctx, rows: &mut [R::Row]) -> Result<()> {
    column::show(ctx, R::SUBJECT, rows.iter_mut().map(R::custom).collect()).await
}

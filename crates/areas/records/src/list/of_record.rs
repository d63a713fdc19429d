//! The lists that a record is on.

use super::ListView;
use crate::{membership::visible, record::present};
use g8_core::{Ctx, Paging};
use g8_domain::{Page, Result, record::Subject};
use g8_storage::lists;

/// The lists on which a record is that is there, of those that the caller sees.
pub(super) async fn of_record(ctx: &Ctx, on: (Subject, i64), paging: Paging) -> Result<Page<ListView>> {
    present(ctx, &mut ctx.db(), on.0, on.1).await?;
    let slice = paging.slice::<i64>(ctx)?;
    let rows = lists::page_of(&mut ctx.db(), ctx.org(), visible(ctx), on, &slice).await?;
    Ok(paging.page(ctx, rows, |list| list.id).map(ListView::from))
}

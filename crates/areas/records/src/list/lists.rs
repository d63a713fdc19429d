//! `GET /lists`

use super::ListView;
use crate::membership::{READ, visible};
use g8_core::{Ctx, Operation, Paging, Spec, ToolAudience, Verb};
use g8_domain::{Page, Result};
use g8_storage::lists;

/// List the lists.
pub struct ListLists;

impl Operation for ListLists {
    const SPEC: Spec = Spec::on(Verb::Get, "/lists", "list.list", READ)
        .about("List the lists of contacts and companies")
        .page()
        .tool(ToolAudience::Shared, &["g8_get_lists"])
        .command(&["lists"]);
    type Input = Paging;
    type Output = Page<ListView>;

    async fn run(ctx: &Ctx, paging: Paging) -> Result<Page<ListView>> {
        let slice = paging.slice::<i64>(ctx)?;
        let rows = lists::page(&mut ctx.db(), ctx.org(), visible(ctx), &slice).await?;
        Ok(paging.page(ctx, rows, |list| list.id).map(ListView::from))
    }
}

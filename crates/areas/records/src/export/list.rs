//! `GET /exports`

use super::{ExportView, READ};
use g8_core::{Ctx, Operation, Paging, Spec, Verb};
use g8_domain::{Page, Result};
use g8_storage::exports;
use uuid::Uuid;

/// List exports.
pub struct ListExports;

impl Operation for ListExports {
    const SPEC: Spec = Spec::on(Verb::Get, "/exports", "export.list", READ)
        .about("List exports, newest first")
        .page()
        .command(&["exports"]);
    type Input = Paging;
    type Output = Page<ExportView>;

    async fn run(ctx: &Ctx, input: Paging) -> Result<Page<ExportView>> {
        let slice = input.slice::<Uuid>(ctx)?;
        let rows = exports::page(&mut ctx.db(), ctx.org(), &slice).await?;
        Ok(input.page(ctx, rows, |export| export.id).map(ExportView::from))
    }
}

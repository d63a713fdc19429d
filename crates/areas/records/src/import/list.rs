//! `GET /imports`

use super::{ImportView, READ};
use g8_core::{Ctx, Operation, Paging, Spec, Verb};
use g8_domain::{Page, Result};
use g8_storage::imports;
use uuid::Uuid;

/// List imports.
pub struct ListImports;

impl Operation for ListImports {
    const SPEC: Spec = Spec::on(Verb::Get, "/imports", "import.list", READ)
        .about("List imports, newest first")
        .page()
        .command(&["imports"]);
    type Input = Paging;
    type Output = Page<ImportView>;

    async fn run(ctx: &Ctx, input: Paging) -> Result<Page<ImportView>> {
        let slice = input.slice::<Uuid>(ctx)?;
        let rows = imports::page(&mut ctx.db(), ctx.org(), &slice).await?;
        Ok(input.page(ctx, rows, |import| import.id).map(ImportView::from))
    }
}

//! `GET /deals/{deal_id}/notes`

use super::NoteView;
use g8_core::{Ctx, Operation, Paging, Spec, Verb};
use g8_domain::{Error, Page, Result, Scope};
use g8_storage::{Session, deal_notes, deals};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// List the notes on a deal.
pub struct ListNotesOfDeal;

/// Which deal's notes, and which page.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the deal
    pub deal_id: Uuid,
    /// Which page
    #[serde(flatten)]
    pub paging: Paging,
}

impl Operation for ListNotesOfDeal {
    const SPEC: Spec =
        Spec::on(Verb::Get, "/deals/{deal_id}/notes", "note.list_of_deal", &[Scope::DEALS_READ])
            .about("List the notes on a deal, newest first")
            .page()
            .command(&["deal-notes"]);
    type Input = Input;
    type Output = Page<NoteView>;

    async fn run(ctx: &Ctx, input: Input) -> Result<Page<NoteView>> {
        exists(ctx, &mut ctx.db(), input.deal_id).await?;
        let slice = input.paging.slice::<Uuid>(ctx)?;
        let rows = deal_notes::page(&mut ctx.db(), ctx.org(), input.deal_id, &slice).await?;
        Ok(input.paging.page(ctx, rows, |note| note.id).map(NoteView::from))
    }
}

async fn exists(ctx: &Ctx, on: &mut impl Session, id: Uuid) -> Result<()> {
    let found = deals::get(on, ctx.org(), id).await?;
    found.map(|_| ()).ok_or_else(|| Error::not_found("deal", id))
}

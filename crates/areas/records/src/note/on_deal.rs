//! `GET` and `POST /deals/{deal_id}/notes`

use super::NoteView;
use g8_core::{Ctx, Operation, Paging, Spec, Verb};
use g8_domain::{Error, Page, Result, Scope, record::DealNote};
use g8_storage::{Session, deal_notes, deals};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// List the notes on a deal.
pub struct ListNotesOfDeal;

/// Which deal's notes, and which page.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct ListInput {
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
    type Input = ListInput;
    type Output = Page<NoteView>;

    async fn run(ctx: &Ctx, input: ListInput) -> Result<Page<NoteView>> {
        exists(ctx, &mut ctx.db(), input.deal_id).await?;
        let slice = input.paging.slice::<Uuid>(ctx)?;
        let rows = deal_notes::page(&mut ctx.db(), ctx.org(), input.deal_id, &slice).await?;
        Ok(input.paging.page(ctx, rows, |note| note.id).map(NoteView::from))
    }
}

/// Write a note on a deal.
pub struct CreateNoteOnDeal;

/// On which deal, and what.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct CreateInput {
    /// Id of the deal
    pub deal_id: Uuid,
    /// The note
    #[schemars(length(min = 1, max = 10_000))]
    pub content: String,
}

impl Operation for CreateNoteOnDeal {
    const SPEC: Spec =
        Spec::on(Verb::Post, "/deals/{deal_id}/notes", "note.create_on_deal", &[Scope::DEALS_WRITE])
            .about("Write a note on a deal")
            .created()
            .command(&["create-deal-note"]);
    type Input = CreateInput;
    type Output = NoteView;

    async fn run(ctx: &Ctx, input: CreateInput) -> Result<NoteView> {
        let mut tx = ctx.begin().await?;
        // The deal cannot go while the note comes.
        if !deals::hold(&mut tx, ctx.org(), input.deal_id).await? {
            return Err(Error::not_found("deal", input.deal_id));
        }
        let note = DealNote {
            id: ctx.id(),
            org_id: ctx.org(),
            deal_id: input.deal_id,
            content: input.content,
            created_by: ctx.caller.key.user_id,
            created_by_name: Some(ctx.author()),
            created_at: ctx.now(),
            updated_at: ctx.now(),
        };
        deal_notes::insert(&mut tx, &note).await?;
        tx.commit(note.into()).await
    }
}

async fn exists(ctx: &Ctx, on: &mut impl Session, id: Uuid) -> Result<()> {
    let found = deals::get(on, ctx.org(), id).await?;
    found.map(|_| ()).ok_or_else(|| Error::not_found("deal", id))
}

//! `POST /deals/{deal_id}/notes`

use super::NoteView;
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Error, Result, Scope, record::DealNote};
use g8_storage::{deal_notes, deals};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Write a note on a deal.
pub struct CreateNoteOnDeal;

/// On which deal, and what.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
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
    type Input = Input;
    type Output = NoteView;

    async fn run(ctx: &Ctx, input: Input) -> Result<NoteView> {
        let mut tx = ctx.begin().await?;
        // The deal cannot go while the note comes.
        if !deals::lock_for_update(&mut tx, ctx.org(), input.deal_id).await? {
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

//! `PATCH /notes/{note_id}`

use super::{
    NoteView,
    write::{Any, writable},
};
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{
    Result, Scope,
    record::{DealNote, Note},
};
use g8_storage::{deal_notes, notes};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Rewrite a note.
pub struct UpdateNote;

/// Which note, and what it says now.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the note
    pub note_id: Uuid,
    /// The note
    #[schemars(length(min = 1, max = 10_000))]
    pub content: String,
}

impl Operation for UpdateNote {
    const SPEC: Spec = Spec::on(
        Verb::Patch,
        "/notes/{note_id}",
        "note.update",
        &[Scope::CONTACTS_WRITE, Scope::COMPANIES_WRITE, Scope::DEALS_WRITE],
    )
    .about("Rewrite a note")
    .command(&["update-note"]);
    type Input = Input;
    type Output = NoteView;

    async fn run(ctx: &Ctx, input: Input) -> Result<NoteView> {
        let mut tx = ctx.begin().await?;
        let (content, updated_at) = (input.content, ctx.now());
        let view = match writable(ctx, &mut tx, input.note_id).await? {
            Any::OnRecord(note) => {
                notes::update(&mut tx, ctx.org(), note.id, &content, updated_at).await?;
                NoteView::from(Note { content, updated_at, ..note })
            }
            Any::OnDeal(note) => {
                deal_notes::update(&mut tx, ctx.org(), note.id, &content, updated_at).await?;
                NoteView::from(DealNote { content, updated_at, ..note })
            }
        };
        tx.commit(view).await
    }
}

//! `PATCH /notes/{note_id}`

use super::{NoteView, write::writable};
use crate::{Ctx, Operation, Spec, Verb};
use g8_domain::{Result, Scope, record::Note};
use g8_storage::notes;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Rewrite a note.
pub struct Update;

/// Which note, and what it says now.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the note
    pub note_id: Uuid,
    /// The note
    #[schemars(length(min = 1, max = 10_000))]
    pub content: String,
}

impl Operation for Update {
    const SPEC: Spec = Spec::on(
        Verb::Patch,
        "/notes/{note_id}",
        "note.update",
        &[Scope::CONTACTS_WRITE, Scope::COMPANIES_WRITE],
    )
    .about("Rewrite a note")
    .command(&["update-note"]);
    type Input = Input;
    type Output = NoteView;

    async fn run(ctx: &Ctx, input: Input) -> Result<NoteView> {
        let mut tx = ctx.begin().await?;
        let note = writable(ctx, &mut tx, input.note_id).await?;
        notes::update(&mut tx, ctx.org(), note.id, &input.content, ctx.now()).await?;
        tx.commit(Note { content: input.content, updated_at: ctx.now(), ..note }.into()).await
    }
}

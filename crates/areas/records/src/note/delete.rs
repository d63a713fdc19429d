//! `DELETE /notes/{note_id}`

use super::write::{Any, writable};
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Result, Scope};
use g8_storage::{deal_notes, notes};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Remove a note.
pub struct DeleteNote;

/// Which note.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the note
    pub note_id: Uuid,
}

impl Operation for DeleteNote {
    const SPEC: Spec = Spec::on(
        Verb::Delete,
        "/notes/{note_id}",
        "note.delete",
        &[Scope::CONTACTS_WRITE, Scope::COMPANIES_WRITE, Scope::DEALS_WRITE],
    )
    .about("Delete a note")
    .empty()
    .command(&["delete-note"]);
    type Input = Input;
    type Output = ();

    async fn run(ctx: &Ctx, input: Input) -> Result<()> {
        let mut tx = ctx.begin().await?;
        match writable(ctx, &mut tx, input.note_id).await? {
            Any::OnRecord(note) => notes::delete(&mut tx, ctx.org(), note.id).await?,
            Any::OnDeal(note) => deal_notes::delete(&mut tx, ctx.org(), note.id).await?,
        }
        tx.commit(()).await
    }
}

//! `POST /contacts/{contact_id}/notes`

use super::{NoteView, write};
use g8_core::{Ctx, Operation, Spec, ToolAudience, Verb};
use g8_domain::{Result, Scope, record::Subject};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Write a note on a contact.
pub struct CreateNoteOnContact;

/// On whom, and what.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the contact
    pub contact_id: i64,
    /// The note
    #[schemars(length(min = 1, max = 10_000))]
    pub content: String,
}

impl Operation for CreateNoteOnContact {
    const SPEC: Spec = Spec::on(
        Verb::Post,
        "/contacts/{contact_id}/notes",
        "note.create_on_contact",
        &[Scope::CONTACTS_WRITE],
    )
    .about("Write a note on a contact")
    .created()
    .tool(ToolAudience::Shared, &["g8_create_note"])
    .command(&["create-note"]);
    type Input = Input;
    type Output = NoteView;

    async fn run(ctx: &Ctx, input: Input) -> Result<NoteView> {
        write::create(ctx, (Subject::Contact, input.contact_id), input.content).await
    }
}

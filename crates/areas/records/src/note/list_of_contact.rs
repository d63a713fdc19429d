//! `GET /contacts/{contact_id}/notes`

use super::{NoteView, write};
use g8_core::{Ctx, Operation, Paging, Spec, ToolAudience, Verb};
use g8_domain::{Page, Result, Scope, record::Subject};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// List the notes on a contact.
pub struct ListNotesOfContact;

/// Whose notes, and which page.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the contact
    pub contact_id: i64,
    /// Which page
    #[serde(flatten)]
    pub paging: Paging,
}

impl Operation for ListNotesOfContact {
    const SPEC: Spec =
        Spec::on(Verb::Get, "/contacts/{contact_id}/notes", "note.list_of_contact", &[Scope::CONTACTS_READ])
            .about("List the notes on a contact, newest first")
            .page()
            .tool(ToolAudience::Shared, &["g8_get_contact_notes"])
            .command(&["contact-notes"]);
    type Input = Input;
    type Output = Page<NoteView>;

    async fn run(ctx: &Ctx, input: Input) -> Result<Page<NoteView>> {
        write::list(ctx, (Subject::Contact, input.contact_id), input.paging).await
    }
}

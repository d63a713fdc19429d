//! `GET` and `POST /companies/{company_id}/notes`

use super::{NoteView, write};
use g8_core::{Ctx, Operation, Paging, Spec, ToolAudience, Verb};
use g8_domain::{Page, Result, Scope, record::Subject};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// List the notes on a company.
pub struct ListNotesOfCompany;

/// Whose notes, and which page.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct ListInput {
    /// Id of the company
    pub company_id: i64,
    /// Which page
    #[serde(flatten)]
    pub paging: Paging,
}

impl Operation for ListNotesOfCompany {
    const SPEC: Spec = Spec::on(
        Verb::Get,
        "/companies/{company_id}/notes",
        "note.list_of_company",
        &[Scope::COMPANIES_READ],
    )
    .about("List the notes on a company, newest first")
    .page()
    .tool(ToolAudience::Shared, &["g8_get_company_notes"])
    .command(&["company-notes"]);
    type Input = ListInput;
    type Output = Page<NoteView>;

    async fn run(ctx: &Ctx, input: ListInput) -> Result<Page<NoteView>> {
        write::list(ctx, (Subject::Company, input.company_id), input.paging).await
    }
}

/// Write a note on a company.
pub struct CreateNoteOnCompany;

/// On which company, and what.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct CreateInput {
    /// Id of the company
    pub company_id: i64,
    /// The note
    #[schemars(length(min = 1, max = 10_000))]
    pub content: String,
}

impl Operation for CreateNoteOnCompany {
    const SPEC: Spec = Spec::on(
        Verb::Post,
        "/companies/{company_id}/notes",
        "note.create_on_company",
        &[Scope::COMPANIES_WRITE],
    )
    .about("Write a note on a company")
    .created()
    .tool(ToolAudience::Shared, &["g8_create_company_note"])
    .command(&["create-company-note"]);
    type Input = CreateInput;
    type Output = NoteView;

    async fn run(ctx: &Ctx, input: CreateInput) -> Result<NoteView> {
        write::create(ctx, (Subject::Company, input.company_id), input.content).await
    }
}

//! `POST /companies/{company_id}/notes`

use super::{NoteView, write};
use g8_core::{Ctx, Operation, Spec, ToolAudience, Verb};
use g8_domain::{Result, Scope, record::Subject};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Write a note on a company.
pub struct CreateNoteOnCompany;

/// On which company, and what.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
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
    type Input = Input;
    type Output = NoteView;

    async fn run(ctx: &Ctx, input: Input) -> Result<NoteView> {
        write::create(ctx, (Subject::Company, input.company_id), input.content).await
    }
}

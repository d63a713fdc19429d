//! `GET /companies/{company_id}/notes`

use super::{NoteView, write};
use g8_core::{Ctx, Operation, Paging, Spec, ToolAudience, Verb};
use g8_domain::{Page, Result, Scope, record::Subject};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// List the notes on a company.
pub struct ListNotesOfCompany;

/// Whose notes, and which page.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
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
    type Input = Input;
    type Output = Page<NoteView>;

    async fn run(ctx: &Ctx, input: Input) -> Result<Page<NoteView>> {
        write::list(ctx, (Subject::Company, input.company_id), input.paging).await
    }
}

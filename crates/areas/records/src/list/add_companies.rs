//! `POST /lists/{list_id}/companies`

use crate::{membership::WRITE, record::join};
use g8_core::{Ctx, Effect, Operation, Spec, ToolAudience, Verb};
use g8_domain::{Result, record::Company};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Put companies on a list.
pub struct AddCompaniesToList;

/// Which list, and which companies.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the list
    pub list_id: i64,
    /// Ids of the companies, up to 1000
    #[schemars(length(min = 1, max = 1000))]
    pub company_ids: Vec<i64>,
}

/// What is on the list now.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Added")]
pub struct CompaniesAdded {
    /// How many are new on the list
    pub added: i64,
    /// Ids that are no companies of this organization
    pub not_found: Vec<i64>,
}

impl Operation for AddCompaniesToList {
    const SPEC: Spec = Spec::on(Verb::Post, "/lists/{list_id}/companies", "list.add_companies", WRITE)
        .about("Add companies to a list; those on it already stay")
        .created()
        .effect(Effect::Put)
        .tool(ToolAudience::Shared, &["g8_add_companies_to_list"])
        .command(&["add-companies-to-list"]);
    type Input = Input;
    type Output = CompaniesAdded;

    async fn run(ctx: &Ctx, input: Input) -> Result<CompaniesAdded> {
        let mut tx = ctx.begin().await?;
        let (added, not_found) = join::<Company>(ctx, &mut tx, input.list_id, input.company_ids).await?;
        tx.commit(CompaniesAdded { added, not_found }).await
    }
}

//! `PATCH /companies/{company_id}`

use super::CompanyFields;
use crate::column::Custom;
use crate::record::change;
use g8_core::{Ctx, Operation, Spec, ToolAudience, Updated, Verb};
use g8_domain::{Error, Result, Scope, record::Company};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Change a company.
pub struct UpdateCompany;

/// Which company, and what changes.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the company
    pub company_id: i64,
    /// What changes.
    #[serde(flatten)]
    pub fields: CompanyFields,
}

impl Operation for UpdateCompany {
    const SPEC: Spec =
        Spec::on(Verb::Patch, "/companies/{company_id}", "company.update", &[Scope::COMPANIES_WRITE])
            .about("Update a company; fields left out stay, null clears")
            .tool(ToolAudience::Shared, &["g8_update_company"])
            .command(&["update-company"]);
    type Input = Input;
    type Output = Updated;

    async fn run(ctx: &Ctx, input: Input) -> Result<Updated> {
        if input.fields.is_empty() {
            return Err(Error::field("", "Nothing to change: give at least one field"));
        }
        let mut tx = ctx.begin().await?;
        change::<Company>(ctx, &mut tx, input.company_id, input.fields, Custom::default()).await?;
        tx.commit(Updated { updated: 1 }).await
    }
}

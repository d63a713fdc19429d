//! `DELETE /companies/{company_id}`

use crate::{events::CompanyDeleted, record::emit};
use g8_core::{Ctx, Deleted, Operation, Spec, ToolAudience, Verb};
use g8_domain::{Result, Scope, record::Company};
use g8_storage::companies;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Hide a company.
pub struct DeleteCompany;

/// Which company.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the company
    pub company_id: i64,
}

impl Operation for DeleteCompany {
    const SPEC: Spec =
        Spec::on(Verb::Delete, "/companies/{company_id}", "company.delete", &[Scope::COMPANIES_WRITE])
            .about("Delete a company; it leaves every list")
            .tool(ToolAudience::Shared, &["g8_delete_company"])
            .command(&["delete-company"]);
    type Input = Input;
    type Output = Deleted;

    async fn run(ctx: &Ctx, input: Input) -> Result<Deleted> {
        let mut tx = ctx.begin().await?;
        emit::<Company, _>(ctx, &mut tx, CompanyDeleted, input.company_id).await?;
        companies::delete(&mut tx, ctx.org(), input.company_id, ctx.now()).await?;
        tx.commit(Deleted { deleted: true }).await
    }
}

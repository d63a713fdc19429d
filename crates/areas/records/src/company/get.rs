//! `GET /companies/{company_id}`

use super::CompanyDetail;
use crate::{column, record::detail};
use g8_core::{Ctx, Operation, Spec, ToolAudience, Verb};
use g8_domain::{
    Result, Scope,
    record::{Company, Subject},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Read one company.
pub struct GetCompany;

/// Which company.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the company
    pub company_id: i64,
    /// Whether to show custom fields
    pub include_custom_fields: Option<bool>,
}

impl Operation for GetCompany {
    const SPEC: Spec =
        Spec::on(Verb::Get, "/companies/{company_id}", "company.get", &[Scope::COMPANIES_READ])
            .about("Get a company's full profile")
            .tool(ToolAudience::Shared, &["g8_get_company"])
            .command(&["get-company"]);
    type Input = Input;
    type Output = CompanyDetail;

    async fn run(ctx: &Ctx, input: Input) -> Result<CompanyDetail> {
        let mut company = detail::<Company>(ctx, &mut ctx.db(), input.company_id).await?;
        if input.include_custom_fields == Some(true) {
            let mut values = column::read(ctx, &mut ctx.db(), Subject::Company, &[input.company_id]).await?;
            company.row.custom_fields = Some(values.remove(&input.company_id).unwrap_or_default());
        }
        Ok(company)
    }
}

//! `PUT /companies/assert/batch`

use super::CompanyFields;
use crate::record::{BatchOutput, assert_each};
use g8_core::{Args, Ctx, Operation, Spec, Verb};
use g8_domain::{Result, Scope, record::Company};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Add or change up to 100 companies.
pub struct AssertCompanies;

/// Contacts to add or change.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct AssertCompaniesInput {
    /// List to put the companies on
    pub list_id: Option<i64>,
    /// 1 to 100 companies; one with faults is reported and does not stop the others
    #[schemars(with = "Vec<CompanyFields>", length(min = 1, max = 100), extend("x-each" = true))]
    pub companies: Vec<Args>,
}

impl Operation for AssertCompanies {
    const SPEC: Spec =
        Spec::on(Verb::Put, "/companies/assert/batch", "company.assert_batch", &[Scope::COMPANIES_WRITE])
            .about("Create or update up to 100 companies at once")
            .command(&["assert-companies"]);
    type Input = AssertCompaniesInput;
    type Output = BatchOutput;

    async fn run(ctx: &Ctx, input: AssertCompaniesInput) -> Result<BatchOutput> {
        assert_each::<Company>(ctx, input.companies, input.list_id).await
    }
}

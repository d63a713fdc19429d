//! `PUT /companies/assert/batch`

use super::{CompanyFields, write::upsert};
use crate::{
    membership::{add_to_list, resolve_list},
    upsert::{BatchOutput, Custom, Outcome},
};
use g8_core::{Args, Ctx, Operation, Shape, Spec, Verb};
use g8_domain::{Result, Scope, record::Subject};
use g8_storage::Tx;
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
        let mut output = BatchOutput::default();
        let mut tx = ctx.begin().await?;
        let list = resolve_list(ctx, &mut tx, input.list_id, Subject::Company).await?;
        for company in input.companies {
            output.count(assert(ctx, &mut tx, company, list).await)?;
        }
        tx.commit(output).await
    }
}

async fn assert(ctx: &Ctx, tx: &mut Tx, company: Args, list: Option<i64>) -> Result<(Outcome, i64)> {
    let fields: CompanyFields = Shape::of::<CompanyFields>().read(company)?;
    let done = upsert(ctx, tx, fields, Custom::default()).await?;
    add_to_list(ctx, tx, list, (Subject::Company, done.1)).await?;
    Ok(done)
}

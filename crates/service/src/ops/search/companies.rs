//! `POST /search/companies`

use super::{Criterion, LIMIT, filter::conditions};
use crate::{Ctx, Effect, Mode, Operation, Paging, Spec, Verb, ops::company::CompanyDetail};
use g8_domain::{Page, Result, Scope, record::Subject};
use g8_storage::companies::{self, CompanyFilter};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Find companies by conditions.
pub struct Companies;

/// What they must meet, and which page.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct CompaniesInput {
    /// Conditions, all of which must hold
    #[schemars(length(min = 1, max = 50))]
    pub filters: Vec<Criterion>,
    /// Page number, from 1
    #[schemars(range(min = 1, max = 100))]
    pub page: Option<i64>,
    /// Rows per page, 25 unless given; more than 200 is taken as 200
    #[schemars(range(min = 1))]
    pub limit: Option<i64>,
}

impl Operation for Companies {
    const SPEC: Spec =
        Spec::on(Verb::Post, "/search/companies", "search.companies", &[Scope::COMPANIES_READ])
            .about("Find companies by conditions on their fields and custom ones")
            .effect(Effect::Read)
            .page()
            .tool(Mode::Shared, &["g8_find_companies"])
            .command(&["find-companies"]);
    type Input = CompaniesInput;
    type Output = Page<CompanyDetail>;

    async fn run(ctx: &Ctx, input: CompaniesInput) -> Result<Page<CompanyDetail>> {
        let paging =
            Paging { page: input.page, limit: Some(input.limit.unwrap_or(LIMIT)), ..Paging::default() };
        let search = conditions(ctx, Subject::Company, &input.filters).await?;
        let filter = CompanyFilter { search, ..CompanyFilter::default() };
        let rows = companies::page(&mut ctx.db(), ctx.org(), filter, &paging.slice::<i64>(ctx)?).await?;
        Ok(paging.page(ctx, rows, |company| company.id).map(CompanyDetail::from))
    }
}

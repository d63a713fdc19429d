//! `POST /search/companies`

use super::{Conditions, conditions};
use crate::company::CompanyDetail;
use g8_core::{Ctx, Effect, Operation, Spec, ToolAudience, Verb};
use g8_domain::{Page, Result, Scope, record::Subject};
use g8_storage::companies;

/// Find companies by conditions.
pub struct SearchCompanies;

impl Operation for SearchCompanies {
    const SPEC: Spec =
        Spec::on(Verb::Post, "/search/companies", "search.companies", &[Scope::COMPANIES_READ])
            .about("Find companies by conditions on their fields and custom ones")
            .effect(Effect::Read)
            .page()
            .tool(ToolAudience::Shared, &["g8_find_companies"])
            .command(&["find-companies"]);
    type Input = Conditions;
    type Output = Page<CompanyDetail>;

    async fn run(ctx: &Ctx, input: Conditions) -> Result<Page<CompanyDetail>> {
        let paging = input.paging();
        let search = conditions(ctx, Subject::Company, &input.filters).await?;
        let rows =
            companies::page(&mut ctx.db(), ctx.org(), search.into(), &paging.slice::<i64>(ctx)?).await?;
        Ok(paging.page(ctx, rows, |company| company.id).map(CompanyDetail::from))
    }
}

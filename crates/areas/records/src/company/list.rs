//! `GET /companies`

use super::CompanyRow;
use crate::{
    criteria::{Criterion, conditions},
    record::page,
};
use g8_core::{Ctx, Operation, Paging, Spec, ToolAudience, Verb};
use g8_domain::{
    Page, Result, Scope,
    record::{Company, CompanyFilter, Subject},
    value,
};
use g8_storage::ListQuery;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Find companies.
pub struct ListCompanies;

/// Which companies; every filter that is given must hold. Ranges include both ends.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "Filters")]
pub struct CompanyFilters {
    /// Filters by field.
    #[serde(flatten)]
    pub filter: CompanyFilter,
    /// Conditions in the language of search, as a JSON list: [{"field": …, "operator": …, "value": […]}]
    #[schemars(length(max = 50))]
    pub filters: Option<Vec<Criterion>>,
    /// Whether to show custom fields
    pub include_custom_fields: Option<bool>,
    /// Which page
    #[serde(flatten)]
    pub paging: Paging,
}

impl CompanyFilters {
    /// The same as the database is asked.
    pub(crate) async fn query(self, ctx: &Ctx) -> Result<ListQuery<CompanyFilter>> {
        let search = conditions(ctx, Subject::Company, &self.filters.unwrap_or_default()).await?;
        let domain = self.filter.domain.map(|domain| value::site(&domain).unwrap_or(domain));
        Ok(ListQuery { filter: CompanyFilter { domain, ..self.filter }, search })
    }
}

impl Operation for ListCompanies {
    const SPEC: Spec = Spec::on(Verb::Get, "/companies", "company.list", &[Scope::COMPANIES_READ])
        .about("Search companies by domain, name, industry, size or place")
        .page()
        .tool(ToolAudience::Shared, &["g8_search_companies"])
        .resource("g8://companies")
        .command(&["search-companies", "companies"]);
    type Input = CompanyFilters;
    type Output = Page<CompanyRow>;

    async fn run(ctx: &Ctx, input: CompanyFilters) -> Result<Page<CompanyRow>> {
        let custom = input.include_custom_fields == Some(true);
        let paging = input.paging.clone();
        page::<Company>(ctx, paging, input.query(ctx).await?, custom).await
    }
}

//! `GET /companies`

use super::CompanyRow;
use crate::{
    column,
    criteria::{Criterion, conditions},
};
use g8_core::{Ctx, Operation, Paging, Spec, ToolAudience, Verb};
use g8_domain::{Page, Result, Scope, record::Subject, value};
use g8_storage::{
    Slice,
    companies::{self, CompanyFilter},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Find companies.
pub struct ListCompanies;

/// Which companies; every filter that is given must hold. Ranges include both ends.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "Filters")]
pub struct CompanyFilters {
    /// Exact domain, as example.com
    #[schemars(length(max = 255))]
    pub domain: Option<String>,
    /// Part of the industry
    #[schemars(length(max = 255))]
    pub industry: Option<String>,
    /// Part of the name
    #[schemars(length(max = 255))]
    pub name: Option<String>,
    /// Part of the description
    #[schemars(length(max = 255))]
    pub description: Option<String>,
    /// Members of this list
    pub list_id: Option<i64>,
    /// Fewest employees
    pub employee_count_min: Option<i64>,
    /// Most employees
    pub employee_count_max: Option<i64>,
    /// Lowest yearly revenue
    pub revenue_min: Option<i64>,
    /// Highest yearly revenue
    pub revenue_max: Option<i64>,
    /// Earliest year of foundation
    pub founded_year_min: Option<i64>,
    /// Latest year of foundation
    pub founded_year_max: Option<i64>,
    /// Fewest followers on LinkedIn
    pub linkedin_followers_min: Option<i64>,
    /// Most followers on LinkedIn
    pub linkedin_followers_max: Option<i64>,
    /// Exact country
    #[schemars(length(max = 255))]
    pub country: Option<String>,
    /// Exact state or region
    #[schemars(length(max = 255))]
    pub state: Option<String>,
    /// Part of the city
    #[schemars(length(max = 255))]
    pub city: Option<String>,
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
    /// The filter as the database is asked for it.
    pub(crate) async fn filter(self, ctx: &Ctx) -> Result<CompanyFilter> {
        let filters = self;
        let search =
            conditions(ctx, Subject::Company, filters.filters.as_deref().unwrap_or_default()).await?;
        Ok(CompanyFilter {
            domain: filters.domain.map(|domain| value::site(&domain).unwrap_or(domain)),
            list_id: filters.list_id,
            industry: filters.industry,
            name: filters.name,
            description: filters.description,
            employee_count: (filters.employee_count_min, filters.employee_count_max),
            revenue: (filters.revenue_min, filters.revenue_max),
            founded_year: (filters.founded_year_min, filters.founded_year_max),
            linkedin_followers: (filters.linkedin_followers_min, filters.linkedin_followers_max),
            country: filters.country,
            state: filters.state,
            city: filters.city,
            search,
        })
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
        page(ctx, paging, input.filter(ctx).await?, custom).await
    }
}

/// A page of the companies that meet a filter.
pub(crate) async fn page(
    ctx: &Ctx,
    paging: Paging,
    filter: CompanyFilter,
    custom: bool,
) -> Result<Page<CompanyRow>> {
    let slice = paging.slice::<i64>(ctx)?;
    let rows = companies::page(&mut ctx.db(), ctx.org(), filter, &slice).await?;
    let mut page = paging.page(ctx, rows, |company| company.id).map(CompanyRow::from);
    if custom {
        show_custom(ctx, &mut page.data).await?;
    }
    Ok(page)
}

/// The rows of a slice with their custom fields, uncounted.
pub(crate) async fn rows(ctx: &Ctx, filter: CompanyFilter, slice: &Slice) -> Result<Vec<CompanyRow>> {
    let rows = companies::slice(&mut ctx.db(), ctx.org(), filter, slice).await?;
    let mut rows: Vec<CompanyRow> = rows.into_iter().map(CompanyRow::from).collect();
    show_custom(ctx, &mut rows).await?;
    Ok(rows)
}

async fn show_custom(ctx: &Ctx, rows: &mut [CompanyRow]) -> Result<()> {
    let rows = rows.iter_mut().map(|row| (row.id, &mut row.custom_fields));
    column::show(ctx, Subject::Company, rows.collect()).await
}

//! `GET /lists/{list_id}/companies`

use crate::membership::{READ, members, open};
use crate::{
    company::CompanyRow,
    criteria::{Criterion, conditions},
    record::page,
};
use g8_core::{Ctx, Operation, Paging, Spec, Verb};
use g8_domain::{
    Page, Result,
    record::{Company, CompanyFilter, Subject},
};
use g8_storage::ListQuery;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// List the companies on a list.
pub struct ListCompaniesOfList;

/// Which list, and which page of it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the list
    pub list_id: i64,
    /// Conditions in the language of search, as a JSON list: [{"field": …, "operator": …, "value": […]}]
    #[schemars(length(max = 50))]
    pub filters: Option<Vec<Criterion>>,
    /// Which page
    #[serde(flatten)]
    pub paging: Paging,
}

impl Operation for ListCompaniesOfList {
    const SPEC: Spec = Spec::on(Verb::Get, "/lists/{list_id}/companies", "list.companies", READ)
        .about("List the companies on a list")
        .page()
        .command(&["list-companies"]);
    type Input = Input;
    type Output = Page<CompanyRow>;

    async fn run(ctx: &Ctx, input: Input) -> Result<Page<CompanyRow>> {
        members(&open(ctx, &mut ctx.db(), input.list_id, READ).await?, Subject::Company)?;
        let search = conditions(ctx, Subject::Company, &input.filters.unwrap_or_default()).await?;
        let filter = CompanyFilter { list_id: Some(input.list_id), ..CompanyFilter::default() };
        page::<Company>(ctx, input.paging, ListQuery { filter, search }, false).await
    }
}

//! `GET /companies/{company_id}/deals`

use super::LinkedDeal;
use g8_core::{Ctx, Operation, Paging, Spec, Verb};
use g8_domain::{Error, Page, Result, Scope};
use g8_storage::{
    companies,
    deals::{self, DealFilter},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// List the deals with a company.
pub struct ListDealsOfCompany;

/// Whose deals, and which page.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the company
    pub company_id: i64,
    /// Which page
    #[serde(flatten)]
    pub paging: Paging,
}

impl Operation for ListDealsOfCompany {
    const SPEC: Spec =
        Spec::on(Verb::Get, "/companies/{company_id}/deals", "deal.list_of_company", &[Scope::DEALS_READ])
            .about("List the deals with a company")
            .page()
            .command(&["company-deals"]);
    type Input = Input;
    type Output = Page<LinkedDeal>;

    async fn run(ctx: &Ctx, input: Input) -> Result<Page<LinkedDeal>> {
        let (org, company) = (ctx.org(), input.company_id);
        if companies::get(&mut ctx.db(), org, company).await?.is_none() {
            return Err(Error::not_found("company", company));
        }
        let filter = DealFilter { company_id: Some(company), ..DealFilter::default() };
        let slice = input.paging.slice::<Uuid>(ctx)?;
        let rows = deals::page(&mut ctx.db(), org, filter, &slice).await?;
        Ok(input.paging.page(ctx, rows, |deal| deal.id).map(LinkedDeal::from))
    }
}

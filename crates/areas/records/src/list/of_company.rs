//! `GET /companies/{company_id}/lists`

use super::ListView;
use crate::membership::{READ, visible};
use g8_core::{Ctx, Operation, Paging, Spec, Verb};
use g8_domain::{Error, Page, Result, record::Subject};
use g8_storage::{companies, lists};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// List the lists that a company is on.
pub struct ListListsOfCompany;

/// Which company, and which page.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the company
    pub company_id: i64,
    /// Which page
    #[serde(flatten)]
    pub paging: Paging,
}

impl Operation for ListListsOfCompany {
    const SPEC: Spec = Spec::on(Verb::Get, "/companies/{company_id}/lists", "list.list_of_company", READ)
        .about("List the lists that a company is on")
        .page()
        .command(&["company-lists"]);
    type Input = Input;
    type Output = Page<ListView>;

    async fn run(ctx: &Ctx, input: Input) -> Result<Page<ListView>> {
        let (org, id) = (ctx.org(), input.company_id);
        if companies::get(&mut ctx.db(), org, id).await?.is_none() {
            return Err(Error::not_found("company", id));
        }
        let slice = input.paging.slice::<i64>(ctx)?;
        let rows = lists::page_of(&mut ctx.db(), org, visible(ctx), (Subject::Company, id), &slice).await?;
        Ok(input.paging.page(ctx, rows, |list| list.id).map(ListView::from))
    }
}

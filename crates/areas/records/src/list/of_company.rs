//! `GET /companies/{company_id}/lists`

use super::{ListView, of_record::of_record};
use crate::membership::READ;
use g8_core::{Ctx, Operation, Paging, Spec, Verb};
use g8_domain::{Page, Result, record::Subject};
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
        of_record(ctx, (Subject::Company, input.company_id), input.paging).await
    }
}

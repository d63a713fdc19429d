//! `GET /companies/{company_id}/activities`

use super::{
    ActivityView,
    list::{ActivityPart, page},
    view::Asked,
};
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Error, Page, Result, Scope};
use g8_storage::companies;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// List what happened to a company.
pub struct ListActivitiesOfCompany;

/// Which company, and what happened.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the company
    pub company_id: i64,
    /// What happened and how much of it.
    #[serde(flatten)]
    pub part: ActivityPart,
}

impl Operation for ListActivitiesOfCompany {
    const SPEC: Spec = Spec::on(
        Verb::Get,
        "/companies/{company_id}/activities",
        "activity.of_company",
        &[Scope::ACTIVITIES_READ],
    )
    .about("List what happened to a company and its people, newest first")
    .page()
    .command(&["company-activity"]);
    type Input = Input;
    type Output = Page<ActivityView>;

    async fn run(ctx: &Ctx, input: Input) -> Result<Page<ActivityView>> {
        let id = input.company_id;
        let there = companies::get(&mut ctx.db(), ctx.org(), id).await?;
        there.ok_or_else(|| Error::not_found("company", id))?;
        page(ctx, Asked { company: Some(id), ..Asked::default() }, input.part).await
    }
}

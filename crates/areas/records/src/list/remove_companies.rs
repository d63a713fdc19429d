//! `DELETE /lists/{list_id}/companies`

use crate::membership::{WRITE, leave};
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Result, record::Subject};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Take companies off a list.
pub struct RemoveCompaniesFromList;

/// Which list, and which companies.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the list
    pub list_id: i64,
    /// Ids of the companies, up to 1000
    #[schemars(length(min = 1, max = 1000))]
    pub company_ids: Vec<i64>,
}

/// What is off the list now.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Removed")]
pub struct CompaniesRemoved {
    /// How many were on the list
    pub removed: i64,
}

impl Operation for RemoveCompaniesFromList {
    const SPEC: Spec = Spec::on(Verb::Delete, "/lists/{list_id}/companies", "list.remove_companies", WRITE)
        .about("Take companies off a list; the companies stay")
        .in_body()
        .command(&["remove-companies-from-list"]);
    type Input = Input;
    type Output = CompaniesRemoved;

    async fn run(ctx: &Ctx, input: Input) -> Result<CompaniesRemoved> {
        let mut tx = ctx.begin().await?;
        let removed = leave(ctx, &mut tx, input.list_id, Subject::Company, input.company_ids).await?;
        tx.commit(CompaniesRemoved { removed }).await
    }
}

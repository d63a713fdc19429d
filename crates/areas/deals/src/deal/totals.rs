//! `GET /deals/totals`

use crate::pipeline;
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Result, Scope, value::Money};
use g8_storage::{
    forecast::{self, InStage},
    pipelines,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Add up a pipeline's deals, stage by stage.
pub struct TotalDeals;

/// Of which pipeline.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the pipeline
    pub pipeline_id: Uuid,
}

/// The deals of a stage in one currency: amounts of different ones are never added.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StageTotal {
    /// Id of the stage
    pub stage_id: Uuid,
    /// ISO 4217
    pub currency: String,
    /// How many
    pub count: i64,
    /// What they are worth
    pub amount: Money,
}

impl From<InStage> for StageTotal {
    fn from(row: InStage) -> Self {
        Self { stage_id: row.stage_id, currency: row.currency, count: row.n, amount: Money(row.amount) }
    }
}

impl Operation for TotalDeals {
    const SPEC: Spec = Spec::on(Verb::Get, "/deals/totals", "deal.totals", &[Scope::DEALS_READ])
        .about("Add up the deals of a pipeline by stage and currency; stages without deals are left out")
        .command(&["deal-totals"]);
    type Input = Input;
    type Output = Vec<StageTotal>;

    async fn run(ctx: &Ctx, input: Input) -> Result<Vec<StageTotal>> {
        let (org, id) = (ctx.org(), input.pipeline_id);
        pipeline::one(&pipelines::all(&mut ctx.db(), org).await?, id)?;
        let rows = forecast::in_stages(&mut ctx.db(), org, id).await?;
        Ok(rows.into_iter().map(StageTotal::from).collect())
    }
}

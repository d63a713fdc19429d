//! `GET /deals/{deal_id}/history`

use super::write::detail;
use g8_core::{Ctx, Operation, Paging, Spec, Verb};
use g8_domain::{Page, Result, Scope, Ts, record::DealMove};
use g8_storage::deal_moves;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Show a deal's way through the stages.
pub struct ListDealHistory;

/// Which deal, and which page.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the deal
    pub deal_id: Uuid,
    /// Which page
    #[serde(flatten)]
    pub paging: Paging,
}

/// One step from stage to stage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct Step {
    pub id: Uuid,
    /// Null where the deal began
    pub from_stage: Option<StageThen>,
    pub to_stage: StageThen,
    pub pipeline_id: Uuid,
    pub at: Ts,
    /// Who moved it
    pub moved_by: Option<String>,
    /// The user among them; null when a program did
    pub moved_by_id: Option<Uuid>,
    /// How long it then stayed in `to_stage`: until the next step, or until now
    pub days_in_stage: f64,
}

/// A stage as it was called then.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct StageThen {
    pub id: Uuid,
    pub name: String,
}

impl Operation for ListDealHistory {
    const SPEC: Spec = Spec::on(Verb::Get, "/deals/{deal_id}/history", "deal.history", &[Scope::DEALS_READ])
        .about("Show how a deal went from stage to stage, newest first")
        .page()
        .command(&["deal-history"]);
    type Input = Input;
    type Output = Page<Step>;

    async fn run(ctx: &Ctx, input: Input) -> Result<Page<Step>> {
        detail(ctx, &mut ctx.db(), input.deal_id).await?;
        let slice = input.paging.slice::<Uuid>(ctx)?;
        let rows = deal_moves::page(&mut ctx.db(), ctx.org(), input.deal_id, &slice).await?;
        Ok(input.paging.page(ctx, rows, |step| step.id).map(|step| shown(step, ctx.now())))
    }
}

fn shown(step: DealMove, now: Ts) -> Step {
    let from = step.from_stage_id.zip(step.from_stage_name);
    let tenths = (step.left_at.unwrap_or(now).0 - step.at.0).saturating_mul(10) / Ts::DAY;
    Step {
        id: step.id,
        from_stage: from.map(|(id, name)| StageThen { id, name }),
        to_stage: StageThen { id: step.to_stage_id, name: step.to_stage_name },
        pipeline_id: step.pipeline_id,
        at: step.at,
        moved_by: step.author,
        moved_by_id: step.user_id,
        days_in_stage: tenths as f64 / 10.0,
    }
}

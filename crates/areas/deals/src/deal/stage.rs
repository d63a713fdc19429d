//! `POST /deals/{deal_id}/move`

use super::{
    DealView,
    fields::Checked,
    parties::Parties,
    write::{detail, revise},
};
use g8_core::{Ctx, Effect, Operation, Spec, Verb};
use g8_domain::{Result, Scope};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Put a deal into another stage.
pub struct MoveDeal;

/// Which deal, and where it goes.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the deal
    pub deal_id: Uuid,
    /// Stage it goes to
    pub stage_id: Uuid,
    /// Pipeline of the stage, where it is another one
    pub pipeline_id: Option<Uuid>,
}

impl Operation for MoveDeal {
    const SPEC: Spec = Spec::on(Verb::Post, "/deals/{deal_id}/move", "deal.move", &[Scope::DEALS_WRITE])
        .about("Move a deal to another stage; into a closed one it is won or lost")
        .effect(Effect::Put)
        .command(&["move-deal"]);
    type Input = Input;
    type Output = DealView;

    async fn run(ctx: &Ctx, input: Input) -> Result<DealView> {
        let fields =
            Checked { stage_id: Some(input.stage_id), pipeline_id: input.pipeline_id, ..Checked::default() };
        let mut tx = ctx.begin().await?;
        revise(ctx, &mut tx, input.deal_id, fields, Parties::default()).await?;
        let view = detail(ctx, &mut *tx, input.deal_id).await?;
        tx.commit(view).await
    }
}

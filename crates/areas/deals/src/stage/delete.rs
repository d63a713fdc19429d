//! `DELETE /pipelines/{pipeline_id}/stages/{stage_id}`

use super::of;
use crate::{
    deal::relocate,
    pipeline::{lock_for_update, one},
};
use g8_core::{Ctx, Operation, Spec, ToolAudience, Verb};
use g8_domain::{
    Error, Result, Scope,
    record::{Pipeline, Stage},
};
use g8_storage::{Tx, deals, stages};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

/// The fewest stages that a pipeline keeps.
const FEWEST: usize = 2;
/// The most deals that are moved in one request.
const MOST_MOVED: i64 = 5000;

/// Remove a stage.
pub struct DeleteStage;

/// Which stage, and where its deals go.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the pipeline
    pub pipeline_id: Uuid,
    /// Id of the stage
    pub stage_id: Uuid,
    /// Stage of the same pipeline that its deals go to
    pub move_to_stage_id: Option<Uuid>,
}

/// What is gone, and what was moved.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Removed")]
pub struct StageDeleted {
    /// Always true: what was not there is a 404
    pub deleted: bool,
    /// How many deals were moved
    pub moved: i64,
}

impl Operation for DeleteStage {
    const SPEC: Spec = Spec::on(
        Verb::Delete,
        "/pipelines/{pipeline_id}/stages/{stage_id}",
        "stage.delete",
        &[Scope::PIPELINES_WRITE],
    )
    .about("Delete a stage; its deals must be moved to another one")
    .aliases(&["/v1/pipelines/{pipeline_id}/stages/{stage_id}"])
    .tool(ToolAudience::Gtm, &["g8_delete_stage"])
    .command(&["delete-stage"]);
    type Input = Input;
    type Output = StageDeleted;

    async fn run(ctx: &Ctx, input: Input) -> Result<StageDeleted> {
        let mut tx = ctx.begin().await?;
        let pipeline = one(&lock_for_update(ctx, &mut tx).await?, input.pipeline_id)?;
        let stage = of(ctx, &mut *tx, pipeline.id, input.stage_id).await?;
        let all = stages::of(&mut *tx, ctx.org(), pipeline.id).await?;
        let to = target(&all, &stage, input.move_to_stage_id)?;
        if all.len() <= FEWEST {
            return Err(Error::rule(format!(
                "A pipeline keeps at least {FEWEST} stages; add another one first."
            )));
        }
        let moved = empty(ctx, &mut tx, &pipeline, &stage, to).await?;
        stages::delete(&mut tx, ctx.org(), stage.id).await?;
        let rest = all.iter().map(|other| other.id).filter(|id| *id != stage.id);
        stages::arrange(&mut tx, ctx.org(), rest.collect::<Vec<_>>()).await?;
        tx.commit(StageDeleted { deleted: true, moved }).await
    }
}

/// The stage that deals are to go to, if one is named.
fn target<'a>(all: &'a [Stage], stage: &Stage, id: Option<Uuid>) -> Result<Option<&'a Stage>> {
    let Some(id) = id else { return Ok(None) };
    let other = all.iter().find(|other| other.id == id && other.id != stage.id);
    let refused = || {
        let message = "`move_to_stage_id` must be another stage of the same pipeline.";
        Error::rule(message).with(json!({ "field": "move_to_stage_id" }))
    };
    other.map(Some).ok_or_else(refused)
}

/// Moves the deals out of a stage; says how many.
async fn empty(
    ctx: &Ctx,
    tx: &mut Tx,
    pipeline: &Pipeline,
    stage: &Stage,
    to: Option<&Stage>,
) -> Result<i64> {
    let n = deals::count_in_stage(tx, ctx.org(), stage.id).await?;
    match to {
        _ if n == 0 => {}
        None => {
            return Err(Error::rule(format!(
                "This stage has deals ({n}); name another stage for them by `move_to_stage_id`."
            )));
        }
        Some(_) if n > MOST_MOVED => {
            return Err(Error::rule(format!(
                "This stage has {n} deals, more than the {MOST_MOVED} that are moved in one request; \
                 move some of them first."
            )));
        }
        Some(to) => {
            ctx.caller.require(&[Scope::DEALS_WRITE])?;
            let ids = deals::in_stage(tx, ctx.org(), stage.id, MOST_MOVED).await?;
            relocate(ctx, tx, &ids, stage, (pipeline, to)).await?;
        }
    }
    Ok(n)
}

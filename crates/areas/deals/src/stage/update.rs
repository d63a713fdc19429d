//! `PUT /pipelines/{pipeline_id}/stages/{stage_id}`

use super::{named, of};
use crate::pipeline::{ChannelScripts, StageView, known, lock_for_update, one};
use g8_core::{Ctx, Operation, Spec, ToolAudience, Verb};
use g8_domain::{
    Error, Patch, Result, Scope,
    record::{Stage, StageType},
};
use g8_storage::{deals, stages};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Change a stage.
pub struct UpdateStage;

/// Which stage, and what changes; its place is changed by reordering.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the pipeline
    pub pipeline_id: Uuid,
    /// Id of the stage
    pub stage_id: Uuid,
    /// New name
    #[schemars(length(min = 1, max = 255))]
    pub name: Option<String>,
    /// Chance that a deal in it is won, in percent
    #[schemars(range(min = 0, max = 100))]
    pub probability: Option<i64>,
    /// What being in it means for a deal; only while no deal is in it
    pub stage_type: Option<StageType>,
    /// Color on boards; null clears
    #[schemars(length(max = 32))]
    #[serde(default, skip_serializing_if = "Patch::is_keep")]
    pub color: Patch<String>,
    /// What must be known before a deal goes on: keys of the evidence library, others are dropped
    #[schemars(length(max = 50), inner(length(max = 64)))]
    pub required_elements: Option<Vec<String>>,
    /// What should be known
    #[schemars(length(max = 50), inner(length(max = 64)))]
    pub recommended_elements: Option<Vec<String>>,
    /// What to say, by channel; replaces what was there
    pub channel_scripts: Option<ChannelScripts>,
}

impl Operation for UpdateStage {
    const SPEC: Spec = Spec::on(
        Verb::Put,
        "/pipelines/{pipeline_id}/stages/{stage_id}",
        "stage.update",
        &[Scope::PIPELINES_WRITE],
    )
    .about("Change a stage; fields left out stay")
    .aliases(&["/v1/pipelines/{pipeline_id}/stages/{stage_id}"])
    .tool(ToolAudience::Gtm, &["g8_update_stage"])
    .command(&["update-stage"]);
    type Input = Input;
    type Output = StageView;

    async fn run(ctx: &Ctx, input: Input) -> Result<StageView> {
        let mut tx = ctx.begin().await?;
        one(&lock_for_update(ctx, &mut tx).await?, input.pipeline_id)?;
        let mut stage = of(ctx, &mut *tx, input.pipeline_id, input.stage_id).await?;
        if input.stage_type.is_some_and(|wanted| wanted != stage.stage_type) {
            let n = deals::count_in_stage(&mut *tx, ctx.org(), stage.id).await?;
            if n > 0 {
                return Err(Error::rule(format!(
                    "This stage has deals ({n}), and its type says whether they are won or lost; \
                     move them to another stage before you change it."
                )));
            }
        }
        let before = stage.clone();
        apply(input, &mut stage)?;
        if stage == before {
            return tx.commit(stage.into()).await;
        }
        stage.updated_at = ctx.now();
        stages::update(&mut tx, &stage).await?;
        tx.commit(stage.into()).await
    }
}

fn apply(input: Input, stage: &mut Stage) -> Result<()> {
    if let Some(name) = input.name {
        stage.name = named(&name)?;
    }
    stage.probability = input.probability.unwrap_or(stage.probability);
    stage.stage_type = input.stage_type.unwrap_or(stage.stage_type);
    input.color.trimmed().apply(&mut stage.color);
    if let Some(keys) = input.required_elements {
        stage.required_elements = known(keys);
    }
    if let Some(keys) = input.recommended_elements {
        stage.recommended_elements = known(keys);
    }
    if let Some(scripts) = input.channel_scripts {
        stage.channel_scripts = serde_json::to_value(scripts).map_err(Error::internal)?;
    }
    Ok(())
}

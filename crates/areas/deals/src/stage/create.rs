//! `POST /pipelines/{pipeline_id}/stages`

use super::named;
use crate::pipeline::{ChannelScripts, MOST_STAGES, StageView, known, lock_for_update, one};
use g8_core::{Ctx, Operation, Spec, ToolAudience, Verb};
use g8_domain::{
    Error, Result, Scope,
    record::{Stage, StageType},
};
use g8_storage::stages;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Add a stage.
pub struct CreateStage;

/// Which pipeline, and the new stage.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the pipeline
    pub pipeline_id: Uuid,
    /// What people will call it
    #[schemars(length(min = 1, max = 255))]
    pub name: String,
    /// Chance that a deal in it is won, in percent; unless given 50, or 100 when won and 0 when lost
    #[schemars(range(min = 0, max = 100))]
    pub probability: Option<i64>,
    /// What being in it means for a deal; open unless given
    pub stage_type: Option<StageType>,
    /// Its place from 0; unless given an open stage comes before the closed ones, others last
    #[schemars(range(min = 0, max = 100), extend("x-alias" = ["order"]))]
    pub position: Option<i64>,
    /// Color on boards, as #22c55e
    #[schemars(length(max = 32))]
    pub color: Option<String>,
    /// What must be known before a deal goes on: keys of the evidence library, others are dropped
    #[schemars(length(max = 50), inner(length(max = 64)))]
    pub required_elements: Option<Vec<String>>,
    /// What should be known
    #[schemars(length(max = 50), inner(length(max = 64)))]
    pub recommended_elements: Option<Vec<String>>,
    /// What to say, by channel
    pub channel_scripts: Option<ChannelScripts>,
}

impl Operation for CreateStage {
    const SPEC: Spec =
        Spec::on(Verb::Post, "/pipelines/{pipeline_id}/stages", "stage.create", &[Scope::PIPELINES_WRITE])
            .about("Add a stage to a pipeline")
            .aliases(&["/v1/pipelines/{pipeline_id}/stages"])
            .created()
            .tool(ToolAudience::Gtm, &["g8_create_stage"])
            .command(&["create-stage"]);
    type Input = Input;
    type Output = StageView;

    async fn run(ctx: &Ctx, input: Input) -> Result<StageView> {
        let mut tx = ctx.begin().await?;
        one(&lock_for_update(ctx, &mut tx).await?, input.pipeline_id)?;
        let others = stages::of(&mut *tx, ctx.org(), input.pipeline_id).await?;
        if others.len() >= MOST_STAGES {
            return Err(Error::rule(format!(
                "The pipeline has {MOST_STAGES} stages; delete one or make another pipeline."
            )));
        }
        let mut stage = new(ctx, input.pipeline_id, &input)?;
        let wanted = input.position.and_then(|position| usize::try_from(position).ok());
        let place = wanted.unwrap_or_else(|| usual_place(&others, stage.stage_type)).min(others.len());
        stage.position = i64::try_from(place).map_err(Error::internal)?;
        stages::insert(&mut tx, std::slice::from_ref(&stage)).await?;
        let mut order: Vec<Uuid> = others.iter().map(|other| other.id).collect();
        order.insert(place, stage.id);
        stages::arrange(&mut tx, ctx.org(), order).await?;
        tx.commit(stage.into()).await
    }
}

/// Where a stage goes when nobody says where.
fn usual_place(others: &[Stage], stage_type: StageType) -> usize {
    let closed = others.iter().position(|other| other.stage_type != StageType::Open);
    closed.filter(|_| stage_type == StageType::Open).unwrap_or(others.len())
}

fn new(ctx: &Ctx, pipeline: Uuid, input: &Input) -> Result<Stage> {
    let stage_type = input.stage_type.unwrap_or(StageType::Open);
    let usual = match stage_type {
        StageType::Open => 50,
        StageType::Won => 100,
        StageType::Lost => 0,
    };
    let scripts = input.channel_scripts.clone().unwrap_or_default();
    Ok(Stage {
        id: ctx.id(),
        org_id: ctx.org(),
        pipeline_id: pipeline,
        name: named(&input.name)?,
        probability: input.probability.unwrap_or(usual),
        position: 0,
        stage_type,
        color: input.color.clone().filter(|color| !color.trim().is_empty()),
        required_elements: known(input.required_elements.clone().unwrap_or_default()),
        recommended_elements: known(input.recommended_elements.clone().unwrap_or_default()),
        channel_scripts: serde_json::to_value(scripts).map_err(Error::internal)?,
        created_at: ctx.now(),
        updated_at: ctx.now(),
    })
}

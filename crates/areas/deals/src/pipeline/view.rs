//! A pipeline and its stages as callers see them (contract/rest.md §8).

use g8_domain::{
    Ts,
    record::{Pipeline, PipelineTarget, Stage, StageType},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A pipeline with its stages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct PipelineView {
    pub id: Uuid,
    pub name: String,
    /// Whether deals go into it when nobody says which
    pub is_default: bool,
    /// Whom it is for, and what it is to bring about
    pub target: Option<PipelineTarget>,
    /// In the order that deals go through them
    pub stages: Vec<StageView>,
    pub created_at: Ts,
    pub updated_at: Ts,
}

impl PipelineView {
    /// A pipeline and those of `stages` that are its.
    #[must_use]
    pub fn new(pipeline: Pipeline, stages: &[Stage]) -> Self {
        let own = stages.iter().filter(|stage| stage.pipeline_id == pipeline.id);
        Self {
            stages: own.cloned().map(StageView::from).collect(),
            id: pipeline.id,
            name: pipeline.name,
            is_default: pipeline.is_default == 1,
            target: pipeline.target,
            created_at: pipeline.created_at,
            updated_at: pipeline.updated_at,
        }
    }
}

/// A stage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct StageView {
    pub id: Uuid,
    pub pipeline_id: Uuid,
    pub name: String,
    /// Chance that a deal in it is won, in percent
    pub probability: i64,
    /// From 0
    pub position: i64,
    /// The same as `position`
    pub order: i64,
    /// Whether deals in it are open, won or lost
    pub stage_type: StageType,
    pub color: Option<String>,
    /// What must be known of a deal before it goes on: keys of the evidence library
    pub required_elements: Vec<String>,
    /// What should be known
    pub recommended_elements: Vec<String>,
    pub channel_scripts: ChannelScripts,
}

impl From<Stage> for StageView {
    fn from(stage: Stage) -> Self {
        Self {
            id: stage.id,
            pipeline_id: stage.pipeline_id,
            name: stage.name,
            probability: stage.probability,
            position: stage.position,
            order: stage.position,
            stage_type: stage.stage_type,
            color: stage.color,
            required_elements: stage.required_elements,
            recommended_elements: stage.recommended_elements,
            channel_scripts: serde_json::from_value(stage.channel_scripts).unwrap_or_default(),
        }
    }
}

/// What to say in a stage, by channel.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(inline)]
pub struct ChannelScripts {
    /// On the phone
    #[schemars(length(max = 5000))]
    pub call: Option<String>,
    /// By e-mail
    #[schemars(length(max = 5000))]
    pub email: Option<String>,
    /// On LinkedIn
    #[schemars(length(max = 5000))]
    pub linkedin: Option<String>,
}

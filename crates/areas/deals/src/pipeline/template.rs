//! The stages that new pipelines begin with.

use g8_core::Ctx;
use g8_domain::record::{
    Stage,
    StageType::{self, Lost, Open, Won},
};
use serde_json::json;
use uuid::Uuid;

type Template = &'static [(&'static str, i64, StageType)];

/// Name, chance in percent, and what it means.
pub(super) const USUAL: Template = &[
    ("Lead", 10, Open),
    ("Qualified", 20, Open),
    ("Discovery", 30, Open),
    ("Proposal", 50, Open),
    ("Negotiation", 70, Open),
    ("Closed Won", 100, Won),
    ("Closed Lost", 0, Lost),
];

/// The fewest that a deal can go through.
pub(super) const BLANK: Template = &[("New", 10, Open), ("Closed Won", 100, Won), ("Closed Lost", 0, Lost)];

/// These stages for a pipeline.
pub(super) fn stages(ctx: &Ctx, pipeline: Uuid, template: Template) -> Vec<Stage> {
    let stage = |(position, (name, probability, stage_type)): (i64, &(&str, i64, StageType))| Stage {
        id: ctx.id(),
        org_id: ctx.org(),
        pipeline_id: pipeline,
        name: (*name).to_owned(),
        probability: *probability,
        position,
        stage_type: *stage_type,
        color: None,
        required_elements: Vec::new(),
        recommended_elements: Vec::new(),
        channel_scripts: json!({}),
        created_at: ctx.now(),
        updated_at: ctx.now(),
    };
    (0..).zip(template).map(stage).collect()
}

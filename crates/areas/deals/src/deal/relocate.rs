//! Deals going from stage to stage: the one place where that happens, with its history and its events.

use super::payload::fact;
use crate::{
    events::{DealFact, DealLost, DealStageChanged, DealWon, StageChange},
    pipeline,
};
use g8_core::Ctx;
use g8_domain::{
    Error, Result,
    record::{Deal, DealMove, Party, Pipeline, Stage, StageType},
};
use g8_storage::{Session, Tx, deal_contacts, deal_moves, deals, stages};
use serde_json::json;
use std::collections::HashMap;
use uuid::Uuid;

/// Moves deals of one stage into another.
pub(crate) async fn relocate(
    ctx: &Ctx,
    tx: &mut Tx,
    ids: &[Uuid],
    from: &Stage,
    (pipeline, to): (&Pipeline, &Stage),
) -> Result<()> {
    deals::place(tx, ctx.org(), ids, (pipeline.id, to.id), ctx.now()).await?;
    deal_moves::leave(tx, ctx.org(), ids, ctx.now()).await?;
    note(ctx, tx, ids, Some(from), to).await?;
    let change = |deal| StageChange::new(deal, Some(from), to, pipeline);
    let changes: Vec<StageChange> = facts(ctx, tx, ids).await?.into_iter().map(change).collect();
    ctx.emit_all(tx, changes.iter().cloned().map(DealStageChanged).collect()).await?;
    closed(ctx, tx, to, changes).await
}

/// Says of deals that have come into a stage that they are won or lost, if they are.
pub(super) async fn closed(ctx: &Ctx, tx: &mut Tx, stage: &Stage, changes: Vec<StageChange>) -> Result<()> {
    match stage.stage_type {
        StageType::Open => Ok(()),
        StageType::Won => ctx.emit_all(tx, changes.into_iter().map(DealWon).collect()).await,
        StageType::Lost => ctx.emit_all(tx, changes.into_iter().map(DealLost).collect()).await,
    }
}

/// Writes a step into the history of each of some deals.
pub(super) async fn note(
    ctx: &Ctx,
    tx: &mut Tx,
    ids: &[Uuid],
    from: Option<&Stage>,
    to: &Stage,
) -> Result<()> {
    let step = |deal: &Uuid| DealMove {
        id: ctx.id(),
        org_id: ctx.org(),
        deal_id: *deal,
        from_stage_id: from.map(|from| from.id),
        from_stage_name: from.map(|from| from.name.clone()),
        to_stage_id: to.id,
        to_stage_name: to.name.clone(),
        pipeline_id: to.pipeline_id,
        at: ctx.now(),
        left_at: None,
        user_id: ctx.caller.key.user_id,
        author: Some(ctx.author()),
    };
    Ok(deal_moves::insert(tx, &ids.iter().map(step).collect::<Vec<_>>()).await?)
}

/// What events say of these deals.
pub(super) async fn facts(ctx: &Ctx, on: &mut impl Session, ids: &[Uuid]) -> Result<Vec<DealFact>> {
    let mut contacts: HashMap<Uuid, Vec<i64>> = HashMap::new();
    for Party { deal_id, contact_id, .. } in deal_contacts::of(on, ctx.org(), ids).await? {
        contacts.entry(deal_id).or_default().push(contact_id);
    }
    let deals = deals::get_many(on, ctx.org(), ids).await?;
    let fact = |deal: Deal| {
        let contact_ids = contacts.remove(&deal.id).unwrap_or_default();
        fact(deal, contact_ids)
    };
    Ok(deals.into_iter().map(fact).collect())
}

/// Where a deal is to be: in this stage, or in the first of this pipeline; a new one in the default pipeline
/// when neither is named, one that is there where it is.
pub(super) async fn target(
    ctx: &Ctx,
    tx: &mut Tx,
    (pipeline_id, stage_id): (Option<Uuid>, Option<Uuid>),
    now: Option<&Deal>,
) -> Result<(Pipeline, Stage)> {
    let all = pipeline::lock_shared(ctx, tx).await?;
    let home = match (pipeline_id.or(now.map(|deal| deal.pipeline_id)), stage_id) {
        (Some(id), _) => pipeline::one(&all, id)?,
        // A stage that is named without its pipeline says which.
        (None, Some(id)) => pipeline::one(&all, known(ctx, tx, id).await?.pipeline_id)?,
        (None, None) => default(&all)?,
    };
    let stage = match (stage_id, now) {
        (Some(id), _) => known(ctx, tx, id).await?,
        (None, Some(deal)) if deal.pipeline_id == home.id => known(ctx, tx, deal.stage_id).await?,
        (None, _) => first(ctx, tx, home.id).await?,
    };
    if stage.pipeline_id != home.id {
        let message = format!(
            "`stage_id` is a stage of pipeline {}, not of {}; name that one by `pipeline_id` as well.",
            stage.pipeline_id, home.id
        );
        return Err(Error::rule(message).with(json!({ "field": "stage_id" })));
    }
    Ok((home, stage))
}

async fn known(ctx: &Ctx, tx: &mut Tx, id: Uuid) -> Result<Stage> {
    stages::get(tx, ctx.org(), id).await?.ok_or_else(|| Error::not_found("stage", id))
}

async fn first(ctx: &Ctx, tx: &mut Tx, pipeline: Uuid) -> Result<Stage> {
    let stages = stages::of(tx, ctx.org(), pipeline).await?;
    stages.into_iter().next().ok_or_else(|| Error::internal("a pipeline has no stages"))
}

fn default(all: &[Pipeline]) -> Result<Pipeline> {
    let found = all.iter().find(|pipeline| pipeline.is_default == 1).or(all.first());
    found.cloned().ok_or_else(|| Error::internal("there is no pipeline"))
}

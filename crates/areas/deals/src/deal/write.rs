//! Writing deals: what create, update, assert and move have in common.

use super::{
    DealView,
    fields::Checked,
    parties::Parties,
    relocate::{closed, facts, note, relocate, target},
};
use crate::events::{DealCreated, DealFact, DealUpdated, StageChange};
use g8_core::Ctx;
use g8_domain::{
    Error, Patch, Result,
    record::{Deal, Stage},
};
use g8_storage::{Session, Tx, companies, deal_contacts, deals, stages};
use uuid::Uuid;

/// One deal with its contacts, inside or outside a transaction.
pub(super) async fn detail(ctx: &Ctx, on: &mut impl Session, id: Uuid) -> Result<DealView> {
    let deal = deals::get(on, ctx.org(), id).await?.ok_or_else(|| Error::not_found("deal", id))?;
    let parties = deal_contacts::of(on, ctx.org(), &[id]).await?;
    Ok(DealView::new(deal, parties).for_caller(&ctx.caller))
}

/// A deal that nobody else changes meanwhile.
pub(super) async fn lock_for_update(ctx: &Ctx, tx: &mut Tx, id: Uuid) -> Result<Deal> {
    let deal = if deals::lock_for_update(tx, ctx.org(), id).await? {
        deals::get(tx, ctx.org(), id).await?
    } else {
        None
    };
    deal.ok_or_else(|| Error::not_found("deal", id))
}

/// What events say of one deal.
pub(super) async fn fact(ctx: &Ctx, on: &mut impl Session, id: Uuid) -> Result<DealFact> {
    let fact = facts(ctx, on, &[id]).await?.pop();
    fact.ok_or_else(|| Error::not_found("deal", id))
}

/// Notes that who takes part in a deal has changed, and says so in an event.
pub(super) async fn changed(ctx: &Ctx, tx: &mut Tx, id: Uuid) -> Result<()> {
    deals::touch(tx, ctx.org(), id, ctx.now()).await?;
    emit_updated(ctx, tx, id).await
}

/// Says in an event that a deal has changed.
async fn emit_updated(ctx: &Ctx, tx: &mut Tx, id: Uuid) -> Result<()> {
    let fact = fact(ctx, tx, id).await?;
    ctx.emit(tx, DealUpdated(fact)).await
}

/// Adds a deal.
pub(super) async fn add(ctx: &Ctx, tx: &mut Tx, fields: Checked, contacts: Vec<i64>) -> Result<Uuid> {
    let (pipeline, stage) = target(ctx, tx, (fields.pipeline_id, fields.stage_id), None).await?;
    company_exists(ctx, tx, &fields.company_id).await?;
    let mut deal = fresh(ctx, &stage);
    fields.apply(&mut deal);
    deals::insert(tx, &deal).await?;
    Parties { add: contacts, ..Parties::default() }.apply(ctx, tx, deal.id).await?;
    note(ctx, tx, &[deal.id], None, &stage).await?;
    let fact = fact(ctx, tx, deal.id).await?;
    ctx.emit(tx, DealCreated(fact.clone())).await?;
    closed(ctx, tx, &stage, vec![StageChange::new(fact, None, &stage, &pipeline)]).await?;
    Ok(deal.id)
}

/// A deal of which nothing is known but where it begins.
fn fresh(ctx: &Ctx, stage: &Stage) -> Deal {
    Deal {
        id: ctx.id(),
        org_id: ctx.org(),
        name: String::new(),
        description: None,
        amount: None,
        currency: "USD".to_owned(),
        pipeline_id: stage.pipeline_id,
        stage_id: stage.id,
        company_id: None,
        owner_id: None,
        close_date: None,
        stage_since: ctx.now(),
        created_at: ctx.now(),
        updated_at: ctx.now(),
        stage_name: stage.name.clone(),
        stage_type: stage.stage_type,
        contact_count: 0,
        primary_id: None,
        primary_first_name: None,
        primary_last_name: None,
        primary_email: None,
        primary_title: None,
        primary_role: None,
        company_name: None,
    }
}

/// Changes a deal that is there: its fields, who takes part, and where it is.
pub(super) async fn revise(
    ctx: &Ctx,
    tx: &mut Tx,
    id: Uuid,
    fields: Checked,
    parties: Parties,
) -> Result<()> {
    // Pipelines are held before deals, wherever both are: those who wait for each other would wait for ever.
    if fields.places() {
        crate::pipeline::lock_shared(ctx, tx).await?;
    }
    let mut deal = lock_for_update(ctx, tx, id).await?;
    let place = fields.places().then_some((fields.pipeline_id, fields.stage_id));
    if fields.changes() || !parties.is_empty() {
        company_exists(ctx, tx, &fields.company_id).await?;
        fields.apply(&mut deal);
        deal.updated_at = ctx.now();
        // Written once: PostgreSQL looks at the pipeline again, which may be held, when a row is written twice.
        deals::update(tx, &deal).await?;
        parties.apply(ctx, tx, id).await?;
        emit_updated(ctx, tx, id).await?;
    }
    match place {
        Some(place) => go(ctx, tx, &deal, place).await,
        None => Ok(()),
    }
}

/// Moves a deal to where it is to be, unless it is there.
async fn go(ctx: &Ctx, tx: &mut Tx, deal: &Deal, place: (Option<Uuid>, Option<Uuid>)) -> Result<()> {
    let (pipeline, to) = target(ctx, tx, place, Some(deal)).await?;
    if to.id == deal.stage_id {
        return Ok(());
    }
    let from = stages::get(tx, ctx.org(), deal.stage_id).await?;
    let from = from.ok_or_else(|| Error::internal("a deal is in no stage"))?;
    relocate(ctx, tx, &[deal.id], &from, (&pipeline, &to)).await
}

async fn company_exists(ctx: &Ctx, tx: &mut Tx, company: &Patch<i64>) -> Result<()> {
    match company.value() {
        Some(id) if companies::get(tx, ctx.org(), *id).await?.is_none() => {
            Err(Error::not_found("company", id))
        }
        _ => Ok(()),
    }
}

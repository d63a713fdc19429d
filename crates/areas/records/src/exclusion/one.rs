//! One exclusion: shown, changed, taken back; the same for people and for domains.

use super::{
    ExclusionView,
    write::{add, remove},
};
use crate::events::ExclusionUpdated;
use g8_core::{Ctx, Deleted};
use g8_domain::{
    Error, Patch, Result, Ts,
    record::{Exclusion, ExclusionKind, Reason},
};
use g8_storage::{Tx, exclusions};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Which exclusion.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct ExclusionInput {
    /// Id of the exclusion
    pub exclusion_id: Uuid,
}

/// Which exclusion, and what changes.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct UpdateExclusionInput {
    /// Id of the exclusion
    pub exclusion_id: Uuid,
    /// Why
    pub reason: Option<Reason>,
    /// When it ends by itself; null for never
    #[serde(default, skip_serializing_if = "Patch::is_keep")]
    pub until: Patch<Ts>,
    /// What else is to be said; null clears
    #[schemars(length(max = 2000))]
    #[serde(default, skip_serializing_if = "Patch::is_keep")]
    pub message: Patch<String>,
}

fn missing(id: Uuid) -> Error {
    Error::not_found("exclusion", id)
}

/// Shows one of a kind.
pub(super) async fn show(ctx: &Ctx, kind: ExclusionKind, id: Uuid) -> Result<ExclusionView> {
    let found = exclusions::get(&mut ctx.db(), ctx.org(), id).await?;
    Ok(found.filter(|one| one.kind == kind).ok_or_else(|| missing(id))?.into())
}

async fn lock_for_update(ctx: &Ctx, tx: &mut Tx, kind: ExclusionKind, id: Uuid) -> Result<Exclusion> {
    let found = exclusions::lock_for_update(tx, ctx.org(), id).await?;
    found.filter(|one| one.kind == kind).ok_or_else(|| missing(id))
}

/// Adds one that is new.
pub(super) async fn create(ctx: &Ctx, one: Exclusion) -> Result<ExclusionView> {
    let mut tx = ctx.begin().await?;
    match add(ctx, &mut tx, std::slice::from_ref(&one)).await?.pop() {
        Some(view) => tx.commit(view).await,
        None => {
            let other = exclusions::by_mark(&mut *tx, ctx.org(), &one.mark()).await?;
            Err(other.map_or_else(|| Error::internal("an exclusion was not written"), |other| taken(&other)))
        }
    }
}

/// Changes one of a kind.
pub(super) async fn change(
    ctx: &Ctx,
    kind: ExclusionKind,
    input: UpdateExclusionInput,
) -> Result<ExclusionView> {
    if input.reason.is_none() && input.until.is_keep() && input.message.is_keep() {
        return Err(Error::field("", "Nothing to change: give `reason`, `until` or `message`"));
    }
    if input.until.value().is_some_and(|until| *until <= ctx.now()) {
        return Err(Error::field("until", "must be in the future; delete the exclusion to end it now"));
    }
    let mut tx = ctx.begin().await?;
    let mut one = lock_for_update(ctx, &mut tx, kind, input.exclusion_id).await?;
    one.reason = input.reason.unwrap_or(one.reason);
    one.category = one.reason.category();
    input.until.apply(&mut one.until);
    input.message.trimmed().apply(&mut one.message);
    one.updated_at = ctx.now();
    if let Some(other) = exclusions::by_mark(&mut *tx, ctx.org(), &one.mark()).await?
        && other.id != one.id
    {
        return Err(taken(&other));
    }
    exclusions::update(&mut tx, &one).await?;
    let view = ExclusionView::from(one);
    ctx.emit(&mut tx, ExclusionUpdated(view.clone().into())).await?;
    tx.commit(view).await
}

/// Refuses what is said already.
pub(super) fn taken(other: &Exclusion) -> Error {
    let message = format!("Exclusion {} says the same already; change that one.", other.id);
    Error::conflict(message).with(serde_json::json!({ "exclusion_id": other.id }))
}

/// Takes one of a kind back.
pub(super) async fn delete(ctx: &Ctx, kind: ExclusionKind, id: Uuid) -> Result<Deleted> {
    let mut tx = ctx.begin().await?;
    let one = lock_for_update(ctx, &mut tx, kind, id).await?;
    remove(ctx, &mut tx, one).await?;
    tx.commit(Deleted { deleted: true }).await
}

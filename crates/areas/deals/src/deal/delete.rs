//! `DELETE /deals/{deal_id}`

use super::write::{fact, lock_for_update};
use crate::events::DealDeleted;
use g8_core::{Ctx, Deleted, Operation, Spec, Verb};
use g8_domain::{Result, Scope};
use g8_storage::deals;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Remove a deal for good.
pub struct DeleteDeal;

/// Which deal.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the deal
    pub deal_id: Uuid,
}

impl Operation for DeleteDeal {
    const SPEC: Spec = Spec::on(Verb::Delete, "/deals/{deal_id}", "deal.delete", &[Scope::DEALS_WRITE])
        .about("Delete a deal for good, with its notes and its history")
        .command(&["delete-deal"]);
    type Input = Input;
    type Output = Deleted;

    async fn run(ctx: &Ctx, input: Input) -> Result<Deleted> {
        let mut tx = ctx.begin().await?;
        lock_for_update(ctx, &mut tx, input.deal_id).await?;
        let fact = fact(ctx, &mut *tx, input.deal_id).await?;
        ctx.emit(&mut tx, DealDeleted(fact)).await?;
        deals::delete(&mut tx, ctx.org(), input.deal_id).await?;
        tx.commit(Deleted { deleted: true }).await
    }
}

//! `PUT /contacts/{contact_id}/deals/assert`

use super::{
    parties::Parties,
    write::{changed, lock_for_update},
};
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Error, Result, Scope};
use g8_storage::{contacts, deal_contacts};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Put a contact on a deal, unless they are.
pub struct LinkDeal;

/// Whom, and on which deal.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the contact
    pub contact_id: i64,
    /// Id of the deal
    pub deal_id: Uuid,
}

/// What became of it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "DealLinked")]
pub struct Linked {
    /// `created`, or `exists` when they were on it already
    pub action: String,
    /// Id of the deal
    pub deal_id: Uuid,
    /// Id of the contact
    pub contact_id: i64,
}

impl Operation for LinkDeal {
    const SPEC: Spec =
        Spec::on(Verb::Put, "/contacts/{contact_id}/deals/assert", "deal.link", &[Scope::DEALS_WRITE])
            .about("Put a contact on a deal, unless they are on it already")
            .command(&["link-deal"]);
    type Input = Input;
    type Output = Linked;

    async fn run(ctx: &Ctx, input: Input) -> Result<Linked> {
        let Input { contact_id, deal_id } = input;
        let mut tx = ctx.begin().await?;
        if contacts::get(&mut *tx, ctx.org(), contact_id).await?.is_none() {
            return Err(Error::not_found("contact", contact_id));
        }
        lock_for_update(ctx, &mut tx, deal_id).await?;
        let before = deal_contacts::count(&mut *tx, ctx.org(), deal_id).await?;
        Parties { add: vec![contact_id], ..Parties::default() }.apply(ctx, &mut tx, deal_id).await?;
        let new = deal_contacts::count(&mut *tx, ctx.org(), deal_id).await? > before;
        if new {
            changed(ctx, &mut tx, deal_id).await?;
        }
        let action = if new { "created" } else { "exists" }.to_owned();
        tx.commit(Linked { action, deal_id, contact_id }).await
    }
}

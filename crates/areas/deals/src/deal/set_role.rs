//! `PUT /deals/{deal_id}/contacts/{contact_id}`

use super::{
    DealView,
    parties::{refused, role},
    write::{changed, detail, lock_for_update},
};
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Error, Issue, Patch, Result, Scope};
use g8_storage::deal_contacts;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Say what somebody has to say in a deal.
pub struct SetDealRole;

/// Who, in which deal, and what.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the deal
    pub deal_id: Uuid,
    /// Id of a contact who is on it
    pub contact_id: i64,
    /// champion, decision_maker, influencer, blocker, coach or end_user; null or an empty text clears
    #[schemars(length(max = 64))]
    pub role: Patch<String>,
}

impl Operation for SetDealRole {
    const SPEC: Spec =
        Spec::on(Verb::Put, "/deals/{deal_id}/contacts/{contact_id}", "deal.set_role", &[Scope::DEALS_WRITE])
            .about("Set the role of a contact who is on a deal")
            .command(&["set-deal-role"]);
    type Input = Input;
    type Output = DealView;

    async fn run(ctx: &Ctx, input: Input) -> Result<DealView> {
        let mut tx = ctx.begin().await?;
        lock_for_update(ctx, &mut tx, input.deal_id).await?;
        let role = role(input.role.value().map(String::as_str));
        let role = role.map_err(|problem| refused(&[Issue::new("role", problem)]))?;
        if !deal_contacts::set_role(&mut tx, ctx.org(), (input.deal_id, input.contact_id), role).await? {
            return Err(Error::not_found("contact on this deal,", input.contact_id));
        }
        changed(ctx, &mut tx, input.deal_id).await?;
        let view = detail(ctx, &mut *tx, input.deal_id).await?;
        tx.commit(view).await
    }
}

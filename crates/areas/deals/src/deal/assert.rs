//! `PUT /deals/assert`

use super::{
    DealFields,
    parties::Parties,
    write::{add, revise},
};
use crate::pipeline;
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Error, Patch, Result, Scope};
use g8_storage::deals;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Add a deal, or change the one that is there.
pub struct AssertDeal;

/// The deal; it is recognised by name, in any case, and company.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// What people call it
    #[schemars(length(min = 1, max = 255))]
    pub name: String,
    /// What else is known of it.
    #[serde(flatten)]
    pub fields: DealFields,
}

/// What became of it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct DealAsserted {
    /// `created` or `updated`
    pub action: String,
    /// Id of the deal
    pub deal_id: Uuid,
}

impl Operation for AssertDeal {
    const SPEC: Spec = Spec::on(Verb::Put, "/deals/assert", "deal.assert", &[Scope::DEALS_WRITE])
        .about("Create a deal, or update the one with the same name and company")
        .command(&["assert-deal"]);
    type Input = Input;
    type Output = DealAsserted;

    async fn run(ctx: &Ctx, input: Input) -> Result<DealAsserted> {
        let mut issues = Vec::new();
        let mut fields = input.fields.checked(Some(input.name), &mut issues);
        if !issues.is_empty() {
            return Err(Error::invalid(&issues));
        }
        let mut tx = ctx.begin().await?;
        // One after the other: two who ask for the same deal at once make one.
        pipeline::lock_for_update(ctx, &mut tx).await?;
        let name = fields.name.clone().unwrap_or_default();
        let company = fields.company_id.value().copied();
        let (action, deal_id) = match deals::named(&mut *tx, ctx.org(), &name, company).await? {
            Some(id) => {
                // It is recognised by them, not renamed.
                (fields.name, fields.company_id) = (None, Patch::Keep);
                revise(ctx, &mut tx, id, fields, Parties::default()).await?;
                ("updated", id)
            }
            None => ("created", add(ctx, &mut tx, fields, Vec::new()).await?),
        };
        tx.commit(DealAsserted { action: action.to_owned(), deal_id }).await
    }
}

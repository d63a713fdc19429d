//! `PATCH /deals/{deal_id}`

use super::{
    DealFields, DealView,
    parties::{Parties, roles},
    write::{detail, revise},
};
use g8_core::{Ctx, Operation, Spec, ToolAudience, Verb};
use g8_domain::{Error, Result, Scope};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Change a deal.
pub struct UpdateDeal;

/// Which deal, and what changes.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the deal
    pub deal_id: Uuid,
    /// New name
    #[schemars(length(min = 1, max = 255))]
    pub name: Option<String>,
    /// What else changes.
    #[serde(flatten)]
    pub fields: DealFields,
    /// Ids of contacts who leave it; done first
    #[schemars(length(max = 200))]
    pub remove_contact_ids: Option<Vec<i64>>,
    /// Ids of contacts who join it; done next
    #[schemars(length(max = 100))]
    pub add_contact_ids: Option<Vec<i64>>,
    /// Roles by contact id, as {"7": "champion", "8": null}; done last
    #[schemars(extend("maxProperties" = 200))]
    pub contact_roles: Option<BTreeMap<String, Option<String>>>,
}

impl Operation for UpdateDeal {
    const SPEC: Spec = Spec::on(Verb::Patch, "/deals/{deal_id}", "deal.update", &[Scope::DEALS_WRITE])
        .about("Update a deal, its stage and its contacts; fields left out stay, null clears")
        .tool(ToolAudience::Shared, &["g8_update_deal"])
        .command(&["update-deal"]);
    type Input = Input;
    type Output = DealView;

    async fn run(ctx: &Ctx, input: Input) -> Result<DealView> {
        let mut issues = Vec::new();
        let fields = input.fields.checked(input.name, &mut issues);
        if !issues.is_empty() {
            return Err(Error::invalid(&issues));
        }
        let parties = Parties {
            remove: input.remove_contact_ids.unwrap_or_default(),
            add: input.add_contact_ids.unwrap_or_default(),
            roles: roles(input.contact_roles.unwrap_or_default())?,
        };
        if !fields.places() && !fields.changes() && parties.is_empty() {
            return Err(Error::field("", "Nothing to change: give at least one field"));
        }
        let mut tx = ctx.begin().await?;
        revise(ctx, &mut tx, input.deal_id, fields, parties).await?;
        let view = detail(ctx, &mut *tx, input.deal_id).await?;
        tx.commit(view).await
    }
}

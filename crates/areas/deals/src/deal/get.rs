//! `GET /deals/{deal_id}`

use super::{DealView, write::detail};
use g8_core::{Ctx, Operation, Spec, ToolAudience, Verb};
use g8_domain::{Result, Scope};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Read one deal.
pub struct GetDeal;

/// Which deal.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the deal
    pub deal_id: Uuid,
}

impl Operation for GetDeal {
    const SPEC: Spec = Spec::on(Verb::Get, "/deals/{deal_id}", "deal.get", &[Scope::DEALS_READ])
        .about("Show a deal and who takes part in it")
        .tool(ToolAudience::Shared, &["g8_get_deal"])
        .command(&["get-deal"]);
    type Input = Input;
    type Output = DealView;

    async fn run(ctx: &Ctx, input: Input) -> Result<DealView> {
        detail(ctx, &mut ctx.db(), input.deal_id).await
    }
}

//! `GET /deals`

use super::DealView;
use g8_core::{Ctx, Operation, Paging, Spec, ToolAudience, Verb};
use g8_domain::{Page, Result, Scope, record::StageType};
use g8_storage::deals::{self, DealFilter};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Find deals.
pub struct ListDeals;

/// Which deals; every filter that is given must hold.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Input {
    /// Part of the name
    #[schemars(length(max = 255))]
    pub search: Option<String>,
    /// In this stage
    pub stage_id: Option<Uuid>,
    /// In this pipeline
    pub pipeline_id: Option<Uuid>,
    /// With this company
    pub company_id: Option<i64>,
    /// Of this owner, as it was given
    #[schemars(length(max = 254))]
    pub owner_id: Option<String>,
    /// Open, won or lost
    pub status: Option<StageType>,
    /// Which page
    #[serde(flatten)]
    pub paging: Paging,
}

impl Operation for ListDeals {
    const SPEC: Spec = Spec::on(Verb::Get, "/deals", "deal.list", &[Scope::DEALS_READ])
        .about("List deals by stage, pipeline, status, owner, company or part of the name")
        .page()
        .tool(ToolAudience::Shared, &["g8_get_deals"])
        .command(&["deals"]);
    type Input = Input;
    type Output = Page<DealView>;

    async fn run(ctx: &Ctx, input: Input) -> Result<Page<DealView>> {
        let filter = DealFilter {
            name: input.search.filter(|part| !part.is_empty()),
            stage_id: input.stage_id,
            pipeline_id: input.pipeline_id,
            company_id: input.company_id,
            contact_id: None,
            owner_id: input.owner_id,
            status: input.status,
        };
        let slice = input.paging.slice::<Uuid>(ctx)?;
        let rows = deals::page(&mut ctx.db(), ctx.org(), filter, &slice).await?;
        Ok(input
            .paging
            .page(ctx, rows, |deal| deal.id)
            .map(|deal| DealView::from(deal).for_caller(&ctx.caller)))
    }
}

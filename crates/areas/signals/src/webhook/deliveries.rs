//! `GET /webhooks/{webhook_id}/deliveries`

use super::{DeliveryView, fields::found};
use g8_core::{Ctx, Operation, Paging, Spec, ToolAudience, Verb};
use g8_domain::{Page, Result, Scope, record::DeliveryStatus};
use g8_storage::deliveries;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// List what was sent to a webhook.
pub struct ListDeliveries;

/// Of which webhook, and which.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the webhook
    pub webhook_id: Uuid,
    /// Only those that stand so
    pub status: Option<DeliveryStatus>,
    /// Which page
    #[serde(flatten)]
    pub paging: Paging,
}

impl Operation for ListDeliveries {
    const SPEC: Spec = Spec::on(
        Verb::Get,
        "/webhooks/{webhook_id}/deliveries",
        "webhook.deliveries",
        &[Scope::WEBHOOKS_READ],
    )
    .about("List the deliveries to a webhook, newest events first")
    .page()
    .tool(ToolAudience::Dev, &["g8_get_webhook_deliveries"])
    .command(&["webhook-deliveries"]);
    type Input = Input;
    type Output = Page<DeliveryView>;

    async fn run(ctx: &Ctx, input: Input) -> Result<Page<DeliveryView>> {
        let webhook = found(ctx, &mut ctx.db(), input.webhook_id).await?;
        let slice = input.paging.slice::<Uuid>(ctx)?;
        let rows = deliveries::page(&mut ctx.db(), webhook.id, input.status, &slice).await?;
        let retries = ctx.app.config.webhooks.retry_seconds.len();
        let page = input.paging.page(ctx, rows, |delivery| delivery.event_id);
        Ok(page.map(|delivery| DeliveryView::new(delivery, retries)))
    }
}

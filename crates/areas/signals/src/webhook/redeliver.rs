//! `POST /webhooks/{webhook_id}/deliveries/{delivery_id}/redeliver`

use super::{DeliveryView, GetDeliveryInput, fields};
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Error, Result, Scope};
use g8_storage::{deliveries, webhooks};

/// Send an event to a webhook again.
pub struct RedeliverEvent;

impl Operation for RedeliverEvent {
    const SPEC: Spec = Spec::on(
        Verb::Post,
        "/webhooks/{webhook_id}/deliveries/{delivery_id}/redeliver",
        "webhook.redeliver",
        &[Scope::WEBHOOKS_WRITE],
    )
    .about("Send an event to a webhook again, whatever came of it before")
    .accepted()
    .command(&["redeliver"]);
    type Input = GetDeliveryInput;
    type Output = DeliveryView;

    async fn run(ctx: &Ctx, input: GetDeliveryInput) -> Result<DeliveryView> {
        let mut tx = ctx.begin().await?;
        let webhook = fields::active(ctx, &mut tx, input.webhook_id).await?;
        if !deliveries::again(&mut tx, webhook.id, input.delivery_id).await? {
            return Err(Error::not_found("delivery", input.delivery_id));
        }
        webhooks::open_lanes(&mut tx, ctx.now()).await?;
        ctx.wake_later();
        let delivery = deliveries::get(&mut tx, webhook.id, input.delivery_id).await?;
        let delivery = delivery.ok_or_else(|| Error::not_found("delivery", input.delivery_id))?;
        tx.commit(DeliveryView::new(delivery, ctx.app.config.webhooks.retry_seconds.len())).await
    }
}

//! `GET /webhooks/{webhook_id}/deliveries/{delivery_id}`

use super::{DeliveryDetail, DeliveryView, fields::found, payload::Message};
use crate::activity::visible;
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Error, Result, Scope, event::Ref};
use g8_storage::{deliveries, events};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Show a delivery with every try.
pub struct GetDelivery;

/// Which delivery.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the webhook
    pub webhook_id: Uuid,
    /// Id of the delivery, which is that of its event
    pub delivery_id: Uuid,
}

impl Operation for GetDelivery {
    const SPEC: Spec = Spec::on(
        Verb::Get,
        "/webhooks/{webhook_id}/deliveries/{delivery_id}",
        "webhook.delivery",
        &[Scope::WEBHOOKS_READ],
    )
    .about("Show a delivery: what was sent at each try, and what was answered")
    .command(&["webhook-delivery"]);
    type Input = Input;
    type Output = DeliveryDetail;

    async fn run(ctx: &Ctx, input: Input) -> Result<DeliveryDetail> {
        let on = &mut ctx.db();
        let webhook = found(ctx, on, input.webhook_id).await?;
        let delivery = deliveries::get(on, webhook.id, input.delivery_id).await?;
        let delivery = delivery.ok_or_else(|| Error::not_found("delivery", input.delivery_id))?;
        let body = match events::get(on, ctx.org(), delivery.event_id).await? {
            Some(event) => {
                let test = Ref::is_sample(&event.subject);
                let said = ctx.app.registry.vocabulary().shown((&event.name, event.version), event.data);
                let data = visible(&ctx.app, &ctx.caller, &event.name, said);
                let data = serde_json::to_string(&data).map_err(Error::internal)?;
                let message = Message::new(event.id, &delivery.event, ctx.org(), event.at, &data);
                serde_json::from_str(&Message { test, ..message }.body()).map_err(Error::internal)?
            }
            None => serde_json::json!({}),
        };
        let tries = deliveries::attempts(on, webhook.id, delivery.event_id).await?;
        let retries = ctx.app.config.webhooks.retry_seconds.len();
        Ok(DeliveryDetail {
            delivery: DeliveryView::new(delivery, retries),
            request_body: body.as_object().cloned().unwrap_or_default(),
            tries: tries.into_iter().map(Into::into).collect(),
        })
    }
}

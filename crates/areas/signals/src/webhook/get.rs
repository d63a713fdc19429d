//! `GET /webhooks/{webhook_id}`

use super::{WebhookView, fields::found};
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Result, Scope};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Show a webhook.
pub struct GetWebhook;

/// Which webhook.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the webhook
    pub webhook_id: Uuid,
}

impl Operation for GetWebhook {
    const SPEC: Spec = Spec::on(Verb::Get, "/webhooks/{webhook_id}", "webhook.get", &[Scope::WEBHOOKS_READ])
        .about("Show a webhook")
        .command(&["get-webhook"]);
    type Input = Input;
    type Output = WebhookView;

    async fn run(ctx: &Ctx, input: Input) -> Result<WebhookView> {
        let webhook = found(ctx, &mut ctx.db(), input.webhook_id).await?;
        Ok(WebhookView::new(webhook, &ctx.app.pepper, ctx.now()))
    }
}

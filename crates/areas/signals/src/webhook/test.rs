//! `POST /webhooks/{webhook_id}/test`

use super::{
    GetWebhookInput,
    fields::found,
    payload::{Message, Recipient},
};
use g8_core::{Ctx, Operation, Spec, ToolAudience, Verb};
use g8_domain::{Result, Scope};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Send a test to a webhook.
pub struct TestWebhook;

/// What came of it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Tested {
    /// Whether the receiver took it
    pub delivered: bool,
    /// Why not
    pub error: Option<String>,
    /// The status of its answer
    pub response_code: Option<i64>,
}

impl Operation for TestWebhook {
    const SPEC: Spec =
        Spec::on(Verb::Post, "/webhooks/{webhook_id}/test", "webhook.test", &[Scope::WEBHOOKS_WRITE])
            .about("Send a test to a webhook now, paused or not, and say what came of it")
            .tool(ToolAudience::Dev, &["g8_test_webhook"])
            .command(&["test-webhook"]);
    type Input = GetWebhookInput;
    type Output = Tested;

    async fn run(ctx: &Ctx, input: GetWebhookInput) -> Result<Tested> {
        let webhook = found(ctx, &mut ctx.db(), input.webhook_id).await?;
        let data = json!({ "test": true, "message": "This is a test of your webhook." }).to_string();
        let message = Message { test: true, ..Message::new(ctx.id(), "test", ctx.org(), ctx.now(), &data) };
        let post = message.request(&Recipient::new(webhook, &ctx.app.pepper), 1, ctx.now());
        let seconds = ctx.app.config.webhooks.timeout_seconds;
        let outbound = ctx.app.outbound()?;
        ctx.begin_external().await?;
        let tested = match outbound.post(post, seconds, 0).await {
            Ok(answer) => {
                let error = answer.refusal();
                Tested { delivered: error.is_none(), error, response_code: Some(answer.status.into()) }
            }
            Err(fault) => Tested { delivered: false, error: Some(fault.to_string()), response_code: None },
        };
        ctx.finish_external(tested).await
    }
}

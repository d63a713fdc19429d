//! `POST /webhooks/{webhook_id}/rotate-secret`

use super::{GetWebhookInput, NewWebhookView, fields};
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Result, Scope, Ts};
use g8_storage::webhooks;

/// Give a webhook a new secret.
pub struct RotateWebhookSecret;

/// How long the secret before signs as well (contract/platform.md B6).
const BOTH: i64 = Ts::DAY;

impl Operation for RotateWebhookSecret {
    const SPEC: Spec = Spec::on(
        Verb::Post,
        "/webhooks/{webhook_id}/rotate-secret",
        "webhook.rotate_secret",
        &[Scope::WEBHOOKS_WRITE],
    )
    .about("Make a new secret; for 24 hours the one before signs as well")
    .shows_secret()
    .command(&["rotate-webhook-secret"]);
    type Input = GetWebhookInput;
    type Output = NewWebhookView;

    async fn run(ctx: &Ctx, input: GetWebhookInput) -> Result<NewWebhookView> {
        let mut tx = ctx.begin().await?;
        let mut webhook = fields::lock_for_update(ctx, &mut tx, input.webhook_id).await?;
        webhook.secret_version += 1;
        webhook.previous_until = Some(ctx.now().plus(BOTH));
        webhook.updated_at = ctx.now();
        webhooks::update(&mut tx, &webhook, &fields::subscribed(&ctx.app, &webhook)).await?;
        tx.commit(NewWebhookView::new(webhook, &ctx.app.pepper, ctx.now())).await
    }
}

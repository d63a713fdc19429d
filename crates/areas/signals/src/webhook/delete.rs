//! `DELETE /webhooks/{webhook_id}`

use g8_core::{Ctx, Deleted, Operation, Spec, Verb};
use g8_domain::{Error, Result, Scope};
use g8_storage::webhooks;

use super::GetWebhookInput;

/// Remove a webhook.
pub struct DeleteWebhook;

impl Operation for DeleteWebhook {
    const SPEC: Spec =
        Spec::on(Verb::Delete, "/webhooks/{webhook_id}", "webhook.delete", &[Scope::WEBHOOKS_WRITE])
            .about("Delete a webhook with its deliveries")
            .command(&["delete-webhook"]);
    type Input = GetWebhookInput;
    type Output = Deleted;

    async fn run(ctx: &Ctx, input: GetWebhookInput) -> Result<Deleted> {
        let mut tx = ctx.begin().await?;
        if !webhooks::delete(&mut tx, ctx.org(), input.webhook_id).await? {
            return Err(Error::not_found("webhook", input.webhook_id));
        }
        tx.commit(Deleted { deleted: true }).await
    }
}

//! `POST /webhooks`

use super::{NewWebhookView, fields};
use g8_core::{Ctx, Operation, Spec, ToolAudience, Verb};
use g8_domain::{
    Error, Result, Scope,
    record::{Webhook, WebhookStatus},
};
use g8_storage::webhooks;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Make a webhook.
pub struct CreateWebhook;

/// Where to hear of what.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Where events are sent: an https:// address on the public internet
    #[schemars(length(min = 1, max = 2000))]
    pub url: String,
    /// Names of events, as contact.created; * for all
    #[schemars(length(min = 1, max = 200), extend("x-alias" = ["event_types"]))]
    pub events: Vec<String>,
    /// What people will call it; the URL's host unless given
    #[schemars(length(max = 255))]
    pub name: Option<String>,
    /// What it is for
    #[schemars(length(max = 2000))]
    pub description: Option<String>,
    /// Sequences that it is for, by id; left out, all
    #[schemars(length(max = 200))]
    pub sequence_template_ids: Option<Vec<Uuid>>,
}

impl Operation for CreateWebhook {
    const SPEC: Spec = Spec::on(Verb::Post, "/webhooks", "webhook.create", &[Scope::WEBHOOKS_WRITE])
        .about("Have events sent to a URL; the secret is shown in this answer only")
        .created()
        .shows_secret()
        .tool(ToolAudience::Dev, &["g8_create_webhook"])
        .command(&["create-webhook"]);
    type Input = Input;
    type Output = NewWebhookView;

    async fn run(ctx: &Ctx, input: Input) -> Result<NewWebhookView> {
        let (url, events) = match (fields::url(ctx, &input.url), fields::events(&ctx.app, input.events)) {
            (Ok(url), Ok(events)) => (url, events),
            (url, events) => {
                let issues: Vec<_> = [url.err(), events.err()].into_iter().flatten().collect();
                return Err(Error::invalid(&issues));
            }
        };
        let name = input.name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
        let host = || url.split('/').nth(2).unwrap_or_default().to_owned();
        let webhook = Webhook {
            id: ctx.id(),
            org_id: ctx.org(),
            name: name.unwrap_or_else(host),
            url,
            description: input.description.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()),
            events,
            sequence_template_ids: input.sequence_template_ids.map(|ids| serde_json::json!(ids)),
            status: WebhookStatus::Active,
            paused_reason: None,
            secret_version: 1,
            previous_until: None,
            consecutive_failures: 0,
            hold_until: None,
            last_delivery_at: None,
            created_by: ctx.caller.key.user_id,
            created_at: ctx.now(),
            updated_at: ctx.now(),
        };
        let mut tx = ctx.begin().await?;
        fields::room(ctx, &mut tx).await?;
        webhooks::insert(&mut tx, &webhook, &fields::subscribed(&ctx.app, &webhook)).await?;
        tx.commit(NewWebhookView::new(webhook, &ctx.app.pepper, ctx.now())).await
    }
}

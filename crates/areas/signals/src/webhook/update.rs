//! `PATCH /webhooks/{webhook_id}`

use super::{WebhookView, fields};
use g8_core::{Ctx, Operation, Spec, ToolAudience, Verb};
use g8_domain::{
    Error, Patch, Result, Scope,
    record::{PausedReason, Webhook, WebhookStatus},
};
use g8_storage::{Tx, webhooks};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Change a webhook, pause it, or resume it.
pub struct UpdateWebhook;

/// Which webhook, and what changes.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the webhook
    pub webhook_id: Uuid,
    /// Where events are sent
    #[schemars(length(min = 1, max = 2000))]
    pub url: Option<String>,
    /// Names of events; * for all
    #[schemars(length(min = 1, max = 200), extend("x-alias" = ["event_types"]))]
    pub events: Option<Vec<String>>,
    /// What people call it
    #[schemars(length(min = 1, max = 255))]
    pub name: Option<String>,
    /// What it is for; null clears
    #[schemars(length(max = 2000))]
    #[serde(default, skip_serializing_if = "Patch::is_keep")]
    pub description: Patch<String>,
    /// Sequences that it is for; null for all
    #[schemars(length(max = 200))]
    #[serde(default, skip_serializing_if = "Patch::is_keep")]
    pub sequence_template_ids: Patch<Vec<Uuid>>,
    /// ACTIVE resumes and counts failures anew; PAUSED pauses
    pub status: Option<NewStatus>,
    /// true is ACTIVE, false is PAUSED
    pub is_active: Option<bool>,
}

/// The statuses that a caller may choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
#[schemars(inline)]
pub enum NewStatus {
    /// Events are sent.
    Active,
    /// Events are not sent.
    Paused,
}

impl Operation for UpdateWebhook {
    const SPEC: Spec =
        Spec::on(Verb::Patch, "/webhooks/{webhook_id}", "webhook.update", &[Scope::WEBHOOKS_WRITE])
            .about("Change a webhook, pause or resume it; fields left out stay")
            .tool(ToolAudience::Dev, &["g8_update_webhook"])
            .command(&["update-webhook"]);
    type Input = Input;
    type Output = WebhookView;

    async fn run(ctx: &Ctx, input: Input) -> Result<WebhookView> {
        let wanted = wanted(&input)?;
        let mut tx = ctx.begin().await?;
        let mut webhook = fields::lock_for_update(ctx, &mut tx, input.webhook_id).await?;
        let before = webhook.clone();
        apply(ctx, &mut webhook, input)?;
        turn(ctx, &mut tx, &mut webhook, wanted).await?;
        if webhook == before && wanted.is_none() {
            return Err(Error::field("", "Nothing to change: give at least one field"));
        }
        webhook.updated_at = ctx.now();
        webhooks::update(&mut tx, &webhook, &fields::subscribed(&ctx.app, &webhook)).await?;
        // What waited while it was paused goes on.
        webhooks::open_lanes(&mut tx, ctx.now()).await?;
        ctx.wake_later();
        tx.commit(WebhookView::new(webhook, &ctx.app.pepper, ctx.now())).await
    }
}

fn wanted(input: &Input) -> Result<Option<NewStatus>> {
    let told = input.is_active.map(|active| if active { NewStatus::Active } else { NewStatus::Paused });
    match (input.status, told) {
        (Some(status), Some(other)) if status != other => {
            Err(Error::field("is_active", "says something else than `status`; give one of them"))
        }
        (status, told) => Ok(status.or(told)),
    }
}

fn apply(ctx: &Ctx, webhook: &mut Webhook, input: Input) -> Result<()> {
    let url = input.url.map(|url| fields::url(ctx, &url)).transpose();
    let events = input.events.map(|names| fields::events(&ctx.app, names)).transpose();
    let (url, events) = match (url, events) {
        (Ok(url), Ok(events)) => (url, events),
        (url, events) => {
            return Err(Error::invalid(&[url.err(), events.err()].into_iter().flatten().collect::<Vec<_>>()));
        }
    };
    if let Some(url) = url {
        webhook.url = url;
    }
    if let Some(events) = events {
        webhook.events = events;
    }
    if let Some(name) = input.name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()) {
        webhook.name = name;
    }
    input.description.trimmed().apply(&mut webhook.description);
    match input.sequence_template_ids {
        Patch::Keep => {}
        Patch::Clear => webhook.sequence_template_ids = None,
        Patch::Set(ids) => webhook.sequence_template_ids = Some(serde_json::json!(ids)),
    }
    Ok(())
}

/// Pauses it, or resumes it with its counts at nought.
async fn turn(ctx: &Ctx, tx: &mut Tx, webhook: &mut Webhook, wanted: Option<NewStatus>) -> Result<()> {
    match wanted {
        Some(NewStatus::Active) if webhook.status != WebhookStatus::Active => {
            fields::room(ctx, tx).await?;
            webhook.status = WebhookStatus::Active;
            webhook.paused_reason = None;
            webhook.consecutive_failures = 0;
            webhook.hold_until = None;
        }
        Some(NewStatus::Paused) if webhook.status == WebhookStatus::Active => {
            webhook.status = WebhookStatus::Paused;
            webhook.paused_reason = Some(PausedReason::Manual);
        }
        _ => {}
    }
    Ok(())
}

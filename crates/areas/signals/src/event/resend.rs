//! `POST /events/{event_id}/resend`

use crate::webhook;
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Error, Result, Scope};
use g8_storage::{Slice, deliveries, events, webhooks};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Send an event again.
pub struct ResendEvent;

/// Which event, and where to.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the event
    pub event_id: Uuid,
    /// Id of one webhook; left out, every active one that was told it
    pub webhook_id: Option<Uuid>,
}

/// It is on its way.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Resent {
    /// Id of the event
    pub event_id: Uuid,
    /// The webhooks that it is sent to
    pub webhook_ids: Vec<Uuid>,
}

impl Operation for ResendEvent {
    const SPEC: Spec =
        Spec::on(Verb::Post, "/events/{event_id}/resend", "event.resend", &[Scope::WEBHOOKS_WRITE])
            .about("Send an event again: to one webhook, wanted or not, or to all that were told it")
            .accepted()
            .command(&["events resend"]);
    type Input = Input;
    type Output = Resent;

    async fn run(ctx: &Ctx, input: Input) -> Result<Resent> {
        let mut tx = ctx.begin().await?;
        let event = events::get(&mut tx, ctx.org(), input.event_id).await?;
        let event = event.ok_or_else(|| Error::not_found("event", input.event_id))?.id;
        let targets = match input.webhook_id {
            Some(id) => vec![webhook::active(ctx, &mut tx, id).await?],
            None => {
                let all = Slice { after: None, offset: 0, limit: 200 };
                webhooks::page(&mut tx, ctx.org(), Some(true), &all).await?.0
            }
        };
        let mut webhook_ids = Vec::new();
        for webhook in targets {
            let again = deliveries::again(&mut tx, webhook.id, event).await?;
            if again
                || input.webhook_id.is_some()
                    && deliveries::add(&mut tx, webhook.id, event, ctx.now()).await?
            {
                webhook_ids.push(webhook.id);
            }
        }
        webhooks::open_lanes(&mut tx, ctx.now()).await?;
        ctx.wake_later();
        tx.commit(Resent { event_id: event, webhook_ids }).await
    }
}

//! `GET /events/{event_id}`

use super::EventView;
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Error, Result, Scope};
use g8_storage::events;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Show what happened.
pub struct GetEvent;

/// Which event.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the event
    pub event_id: Uuid,
}

impl Operation for GetEvent {
    const SPEC: Spec = Spec::on(Verb::Get, "/events/{event_id}", "event.get", &[Scope::WEBHOOKS_READ])
        .about("Show an event")
        .command(&["events get"]);
    type Input = Input;
    type Output = EventView;

    async fn run(ctx: &Ctx, input: Input) -> Result<EventView> {
        let event = events::get(&mut ctx.db(), ctx.org(), input.event_id).await?;
        event
            .map(|event| EventView::new(&ctx.app, &ctx.caller, event))
            .ok_or_else(|| Error::not_found("event", input.event_id))
    }
}

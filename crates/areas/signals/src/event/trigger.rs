//! `POST /events/trigger`

use super::EventView;
use g8_core::{
    Ctx, Operation, Spec, Verb,
    events::{Author, emit_sample},
};
use g8_domain::{Error, Result, Scope};
use g8_storage::events;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Make a sample event.
pub struct TriggerEvent;

/// Of which kind.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Name of a kind of event, as deal.won
    #[schemars(length(max = 100))]
    pub event: String,
}

impl Operation for TriggerEvent {
    const SPEC: Spec = Spec::on(Verb::Post, "/events/trigger", "event.trigger", &[Scope::WEBHOOKS_WRITE])
        .about("Make a sample event, marked as a test; webhooks that want its kind are told it")
        .created()
        .command(&["trigger"])
        .positional(&["event"]);
    type Input = Input;
    type Output = EventView;

    async fn run(ctx: &Ctx, input: Input) -> Result<EventView> {
        let unknown =
            || Error::field("event", format!("has no event {}; see GET /webhooks/events", input.event));
        let kind = ctx.app.registry.vocabulary().kind(&input.event).ok_or_else(unknown)?;
        let mut tx = ctx.begin().await?;
        let id = emit_sample(&ctx.app, &mut tx, &Author::of(ctx), kind, kind.example()).await?;
        ctx.wake_later();
        let event =
            events::get(&mut tx, ctx.org(), id).await?.ok_or_else(|| Error::not_found("event", id))?;
        tx.commit(EventView::new(&ctx.app, &ctx.caller, event)).await
    }
}

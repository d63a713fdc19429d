//! `POST /webhooks/{webhook_id}/redeliver-missing`

use super::fields;
use g8_core::{
    Ctx, Operation, Spec, Verb,
    jobs::{Due, Job, Next, Run},
};
use g8_domain::{Result, Scope, Ts};
use g8_storage::{deliveries, events, webhooks};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Send a webhook what it has missed.
pub struct RedeliverMissing;

/// Which webhook, and since when.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the webhook
    pub webhook_id: Uuid,
    /// Events from this moment on
    pub since: Ts,
}

/// It is being done.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Recovering {
    /// Id of the webhook
    pub webhook_id: Uuid,
    /// From when on events are sent that did not arrive: not before the webhook was made, nor before deliveries
    /// are remembered
    pub since: Ts,
    /// Always `processing`
    pub status: String,
}

impl Operation for RedeliverMissing {
    const SPEC: Spec = Spec::on(
        Verb::Post,
        "/webhooks/{webhook_id}/redeliver-missing",
        "webhook.redeliver_missing",
        &[Scope::WEBHOOKS_WRITE],
    )
    .about("Send a webhook every event since a moment that it wants and that did not arrive")
    .accepted()
    .command(&["redeliver-missing"]);
    type Input = Input;
    type Output = Recovering;

    async fn run(ctx: &Ctx, input: Input) -> Result<Recovering> {
        let mut tx = ctx.begin().await?;
        let webhook = fields::active(ctx, &mut tx, input.webhook_id).await?;
        // Before that nobody knows any more what arrived.
        let days = ctx.app.config.keep.deliveries;
        let known = if days > 0 { ctx.now().plus(-days.saturating_mul(Ts::DAY)) } else { Ts(0) };
        let since = input.since.max(webhook.created_at).max(known);
        tx.enqueue(&Catchup { webhook_id: webhook.id, known: events::first_id(since) }).await?;
        let status = "processing".to_owned();
        tx.commit(Recovering { webhook_id: webhook.id, since, status }).await
    }
}

/// Events that one transaction looks at.
const BATCH: i64 = 500;

/// Adds the deliveries that are missing, a few at a time.
#[derive(Debug, Serialize, Deserialize)]
pub struct Catchup {
    /// Of which webhook.
    pub webhook_id: Uuid,
    /// Events after this one.
    pub known: Uuid,
}

impl Job for Catchup {
    const KIND: &'static str = "redeliver_missing";

    async fn run(&self, run: &Run) -> Result<Next> {
        let (org, mut known) = (run.org()?, self.known);
        loop {
            let wanted =
                deliveries::wanted_after(&mut &run.app.db, self.webhook_id, org, known, BATCH).await?;
            let Some(last) = wanted.last() else { return Ok(Next::Done) };
            known = last.id;
            let mut tx = run.begin().await?;
            deliveries::recover(&mut tx, self.webhook_id, org, &wanted, run.app.clock.now()).await?;
            webhooks::open_lanes(&mut tx, run.app.clock.now()).await?;
            tx.commit().await?;
            run.app.wake();
            if run.stopping() {
                // What was added is skipped the next time.
                return Ok(Next::Again(Due::Now));
            }
        }
    }
}

//! `GET /webhooks/events`

use g8_core::{Ctx, EventKind, Operation, Spec, Verb};
use g8_domain::{Result, Scope};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// List the kinds of events.
pub struct ListEventKinds;

/// Nothing is asked.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Nothing {}

/// A kind of event.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct KindView {
    /// Its name
    pub event: String,
    /// What it is about
    pub category: String,
    /// What happened
    pub description: String,
    /// Other names that mean the same
    pub also: Vec<String>,
}

impl From<&EventKind> for KindView {
    fn from(kind: &EventKind) -> Self {
        Self {
            event: kind.name.to_owned(),
            category: kind.category().to_owned(),
            description: kind.about.to_owned(),
            also: kind.aliases.iter().map(ToString::to_string).collect(),
        }
    }
}

impl Operation for ListEventKinds {
    const SPEC: Spec = Spec::on(Verb::Get, "/webhooks/events", "webhook.events", &[Scope::WEBHOOKS_READ])
        .about("List the kinds of events there are")
        .command(&["event-types"]);
    type Input = Nothing;
    type Output = Vec<KindView>;

    async fn run(ctx: &Ctx, _: Nothing) -> Result<Vec<KindView>> {
        Ok(ctx.app.registry.vocabulary().kinds().map(KindView::from).collect())
    }
}

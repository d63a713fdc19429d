//! `GET /webhooks/events` and `GET /webhooks/events/{event}`

use crate::{
    Ctx, Operation, Spec, Verb,
    events::{self, Kind, vocabulary},
};
use g8_domain::{Error, Result, Scope};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// List the kinds of events.
pub struct Kinds;

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

impl From<&Kind> for KindView {
    fn from(kind: &Kind) -> Self {
        Self {
            event: kind.name.to_owned(),
            category: kind.category().to_owned(),
            description: kind.about.to_owned(),
            also: kind.also.iter().map(ToString::to_string).collect(),
        }
    }
}

impl Operation for Kinds {
    const SPEC: Spec = Spec::on(Verb::Get, "/webhooks/events", "webhook.events", &[Scope::WEBHOOKS_READ])
        .about("List the kinds of events there are")
        .command(&["event-types"]);
    type Input = Nothing;
    type Output = Vec<KindView>;

    async fn run(_: &Ctx, _: Nothing) -> Result<Vec<KindView>> {
        Ok(vocabulary().iter().map(KindView::from).collect())
    }
}

/// Show a kind of event.
pub struct OneKind;

/// Which kind.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct KindInput {
    /// Its name, as contact.created
    #[schemars(length(max = 100))]
    pub event: String,
}

/// A kind of event with what it says.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct KindDetail {
    /// The kind.
    #[serde(flatten)]
    pub kind: KindView,
    /// JSON Schema of `data`
    pub schema: Map<String, Value>,
    /// What `data` looks like
    pub example: Map<String, Value>,
}

impl Operation for OneKind {
    const SPEC: Spec =
        Spec::on(Verb::Get, "/webhooks/events/{event}", "webhook.event", &[Scope::WEBHOOKS_READ])
            .about("Show a kind of event: the JSON Schema of its data, and an example")
            .command(&["event-type"]);
    type Input = KindInput;
    type Output = KindDetail;

    async fn run(_: &Ctx, input: KindInput) -> Result<KindDetail> {
        let kind =
            events::kind(&input.event).ok_or_else(|| Error::not_found("kind of event", &input.event))?;
        let object = |value: Value| value.as_object().cloned().unwrap_or_default();
        Ok(KindDetail { kind: kind.into(), schema: object(kind.schema()), example: object(kind.example()) })
    }
}

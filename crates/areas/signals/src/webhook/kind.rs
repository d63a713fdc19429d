//! `GET /webhooks/events/{event}`

use super::KindView;
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Error, Result, Scope};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Show a kind of event.
pub struct GetEventKind;

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

impl Operation for GetEventKind {
    const SPEC: Spec =
        Spec::on(Verb::Get, "/webhooks/events/{event}", "webhook.event", &[Scope::WEBHOOKS_READ])
            .about("Show a kind of event: the JSON Schema of its data, and an example")
            .command(&["event-type"]);
    type Input = KindInput;
    type Output = KindDetail;

    async fn run(ctx: &Ctx, input: KindInput) -> Result<KindDetail> {
        let unknown = || Error::not_found("kind of event", &input.event);
        let kind = ctx.app.registry.vocabulary().kind(&input.event).ok_or_else(unknown)?;
        let object = |value: Value| value.as_object().cloned().unwrap_or_default();
        Ok(KindDetail { kind: kind.into(), schema: object(kind.schema()), example: object(kind.example()) })
    }
}

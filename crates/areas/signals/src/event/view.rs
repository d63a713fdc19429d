//! An event as callers see it: as a webhook would be told it.

use crate::activity::visible;
use g8_auth::Caller;
use g8_core::App;
use g8_domain::{Ts, event::Ref};
use g8_storage::events::StoredEvent;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

/// Something that happened.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct EventView {
    pub id: Uuid,
    pub event: String,
    /// The same as `event`
    #[serde(rename = "type")]
    pub kind: String,
    /// The record it happened to, as contact:42
    pub subject: String,
    /// Who made it happen
    pub author: Option<String>,
    pub user_id: Option<Uuid>,
    pub timestamp: Ts,
    pub organization_id: Uuid,
    /// Whether it is a sample that somebody asked for
    pub test: bool,
    /// What happened, in full for who may read such records, else ids and names of fields; GET
    /// /webhooks/events/{event} has its JSON Schema
    pub data: Map<String, Value>,
}

impl EventView {
    /// An event as a caller may see it.
    pub(super) fn new(app: &App, caller: &Caller, event: StoredEvent) -> Self {
        let said = app.registry.vocabulary().shown((&event.name, event.version), event.data);
        let data = visible(app, caller, &event.name, said);
        Self {
            id: event.id,
            event: event.name.clone(),
            kind: event.name,
            test: Ref::is_sample(&event.subject),
            subject: event.subject,
            author: event.author,
            user_id: event.user_id,
            timestamp: event.at,
            organization_id: caller.org.id,
            data,
        }
    }
}

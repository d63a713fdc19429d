//! An activity as callers see it: graph8's fields (contract/rest.md §17) and Topo's payload (platform.md
//! §11) in one object.

use super::words::{ResourceType, happened, line};
use g8_auth::Caller;
use g8_core::{App, Ctx, events::without_nulls};
use g8_domain::Ts;
use g8_storage::activities::Activity;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// Something that happened.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct ActivityView {
    pub id: Uuid,
    /// What it happened to: contact, company, task, …
    pub activity_type: String,
    /// What happened: created, updated, …
    pub activity_subtype: String,
    /// The published name of the event
    pub event_type: String,
    /// One line, as `Contact updated`
    pub subject: String,
    pub description: Option<String>,
    /// The line with who did it
    pub summary: String,
    pub contact_id: Option<i64>,
    pub company_id: Option<i64>,
    pub deal_id: Option<String>,
    /// The user who did it; null when a program did
    pub owner_id: Option<Uuid>,
    pub owner_name: Option<String>,
    /// The same as `owner_id`
    pub user_id: Option<Uuid>,
    pub activity_date: Ts,
    /// The same as `activity_date`
    pub occurred_at: Ts,
    /// The same as `activity_date`
    pub created_at: Ts,
    pub source: String,
    pub status: Option<String>,
    pub outcome: Option<String>,
    pub next_steps: Option<String>,
    pub duration_minutes: Option<i64>,
    /// The same as `metadata`
    #[schemars(extend("additionalProperties" = true))]
    pub extra_data: Map<String, Value>,
    /// What the event said; ids and the names of fields for who may not read the record
    #[schemars(extend("additionalProperties" = true))]
    pub metadata: Map<String, Value>,
    pub external_id: Option<String>,
    pub payload: Payload,
}

/// The same in Topo's words; ids of what it is not about are null.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ActivityPayload")]
pub struct Payload {
    #[serde(rename = "type")]
    pub kind: String,
    pub organization_id: Uuid,
    pub person_id: Option<i64>,
    pub sequence_id: Option<String>,
    pub sequence_template_id: Option<String>,
    pub resource_type: Option<ResourceType>,
    pub channel: Option<String>,
    pub message_id: Option<String>,
    pub hot_lead_id: Option<String>,
    pub calendar_event_id: Option<String>,
    pub task_id: Option<String>,
}

/// The records that were asked for: an event about several of a kind shows these.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Asked {
    pub contact: Option<i64>,
    pub company: Option<i64>,
    pub deal: Option<Uuid>,
}

/// An event as the caller may see it.
pub(super) fn view(ctx: &Ctx, asked: Asked, one: Activity) -> ActivityView {
    let category = one.name.split('.').next().unwrap_or_default().to_owned();
    let data = match without_nulls(one.data) {
        Value::Object(data) => data,
        _ => Map::new(),
    };
    let ours = |kind: &str, linked: &Option<String>| {
        let own = Some(&one.subject).into_iter().chain(linked);
        own.filter_map(|name| name.split_once(':')).find(|(of, _)| *of == kind).map(|(_, id)| id.to_owned())
    };
    let number = |id: Option<String>| id.and_then(|id| id.parse().ok());
    let contact_id = asked.contact.or_else(|| number(ours("contact", &one.contact)));
    let company_id = asked.company.or_else(|| number(ours("company", &one.company)));
    let deal_id = asked.deal.map(|deal| deal.to_string()).or_else(|| ours("deal", &one.deal));
    let payload = Payload {
        kind: one.name.clone(),
        organization_id: ctx.org(),
        person_id: contact_id,
        sequence_id: ours("sequence", &None).or_else(|| text(&data, "sequence_id")),
        sequence_template_id: text(&data, "sequence_template_id"),
        resource_type: ResourceType::of(&category),
        channel: one.channel.clone(),
        message_id: text(&data, "message_id"),
        hot_lead_id: text(&data, "hot_lead_id"),
        calendar_event_id: ours("meeting", &None),
        task_id: ours("task", &None).or_else(|| text(&data, "task_id")),
    };
    let data = visible(&ctx.app, &ctx.caller, &one.name, data.into());
    let line = line(&one.name);
    let by = one.author.as_ref().map(|author| format!("{line} by {author}"));
    ActivityView {
        id: one.id,
        activity_subtype: happened(&one.name).to_owned(),
        description: ctx.app.registry.vocabulary().kind(&one.name).map(|kind| kind.about.to_owned()),
        summary: by.unwrap_or_else(|| line.clone()),
        subject: line,
        activity_type: category,
        event_type: one.name,
        contact_id,
        company_id,
        deal_id,
        owner_id: one.user_id,
        owner_name: one.author,
        user_id: one.user_id,
        activity_date: one.at,
        occurred_at: one.at,
        created_at: one.at,
        source: "g8".to_owned(),
        status: text(&data, "status"),
        outcome: text(&data, "outcome").or_else(|| text(&data, "disposition")),
        next_steps: text(&data, "next_steps"),
        duration_minutes: data.get("duration_minutes").and_then(Value::as_i64),
        external_id: text(&data, "external_id"),
        extra_data: data.clone(),
        metadata: data,
        payload,
    }
}

fn text(data: &Map<String, Value>, field: &str) -> Option<String> {
    data.get(field).and_then(Value::as_str).map(str::to_owned)
}

/// What a caller may see of what an event said: all of it with a scope that reads such records, else an
/// outline.
pub(crate) fn visible(app: &App, caller: &Caller, name: &str, data: Value) -> Map<String, Value> {
    let data = match data {
        Value::Object(data) => data,
        _ => Map::new(),
    };
    let category = name.split('.').next().unwrap_or_default();
    let readers = app.registry.readers(category);
    if readers.into_iter().any(|scope| caller.allows(scope)) { data } else { outline(&data) }
}

/// What everybody may see of what an event said: whole numbers and UUIDs that are ids, and which fields
/// there were.
fn outline(data: &Map<String, Value>) -> Map<String, Value> {
    let is_id = |name: &str, value: &Value| {
        let named = name == "id" || name.ends_with("_id") && name != "external_id";
        named && (value.is_i64() || value.as_str().is_some_and(|text| text.parse::<Uuid>().is_ok()))
    };
    let ids = data.iter().filter(|(name, value)| is_id(name, value));
    let mut seen: Map<String, Value> = ids.map(|(name, value)| (name.clone(), value.clone())).collect();
    let fields: Vec<&String> = data.keys().filter(|name| !seen.contains_key(*name)).collect();
    let fields = json!(fields);
    seen.insert("fields".to_owned(), fields);
    seen
}

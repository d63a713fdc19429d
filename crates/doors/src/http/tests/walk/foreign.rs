//! Every scope against every operation with another organisation's ids: in the path, in the query string and in the
//! body, wherever a field takes one.

use super::{super::Web, body, path, sample};
use axum::http::StatusCode;
use g8_core::{Effect, Registry, Shape, Spec, admin};
use g8_domain::{record::Role, scope::all};
use g8_product::AREAS;
use g8_storage::testing::TestDb;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// What stands in every text of the organisation whose ids are tried.
const MARK: &str = "Zanzibar";

/// Every operation, with what it takes.
fn every() -> Vec<(Spec, Arc<Shape>)> {
    Registry::new(AREAS).operations().iter().map(|action| (*action.spec, action.shape())).collect()
}

/// An organisation, and a record of every kind in it: their ids by the fields that take them.
struct World {
    key: String,
    ids: Map<String, Value>,
}

impl World {
    async fn furnish(web: &Web, key: &str, person: &str, mark: &str) -> Self {
        let make = async |path: &str, what: Value| {
            let made = web.send("POST", &format!("/api/v1{path}"), Some(key), Some(&what)).await;
            assert!(made.status.is_success(), "{path}: {}", made.body);
            made.body["data"].clone()
        };
        let email = format!("{mark}@{mark}.example").to_lowercase();
        let domain = format!("{mark}.example").to_lowercase();
        let contact = json!({ "work_email": email, "first_name": mark, "company_name": mark, "company_domain": domain });
        let contact = make("/contacts", contact).await;
        let companies = web.send("GET", "/api/v1/companies", Some(key), None).await.body;
        let (contact_id, company_id) = (contact["id"].clone(), companies["data"][0]["id"].clone());
        let of_contact = format!("/contacts/{contact_id}");
        let list = make("/lists", json!({ "title": mark })).await;
        make(&format!("/lists/{}/contacts", list["id"]), json!({ "contact_ids": [contact_id] })).await;
        let column = make("/contacts/columns/create", json!({ "title": mark })).await;
        let note = make(&format!("{of_contact}/notes"), json!({ "content": mark })).await;
        let task = make(&format!("{of_contact}/tasks"), json!({ "title": mark })).await;
        let deal = make("/deals", json!({ "name": mark, "contact_ids": [contact_id] })).await;
        let import = make("/imports", json!({})).await;
        let export = make("/exports", json!({})).await;
        let hook = json!({ "url": "https://example.com/", "events": ["*"], "name": mark });
        let webhook = make("/webhooks", hook).await;
        let event = make("/events/trigger", json!({ "event": "contact.created" })).await;
        let barred =
            make("/contact-exclusions", json!({ "email": email, "reason": "OTHER", "message": mark })).await;
        let invited = make("/invitations", json!({ "email": format!("b-{email}") })).await;
        let me = web.send("GET", "/api/v1/me", Some(key), None).await.body;
        let activity =
            web.send("GET", "/api/v1/activities", Some(key), None).await.body["data"][0]["id"].clone();
        let ids = json!({
            "contact_id": contact_id, "company_id": company_id, "list_id": list["id"], "column_id": column["id"],
            "note_id": note["id"], "task_id": task["id"], "deal_id": deal["id"], "pipeline_id": deal["pipeline_id"],
            "stage_id": deal["stage_id"], "import_id": import["id"], "export_id": export["id"],
            "webhook_id": webhook["id"], "event_id": event["id"], "delivery_id": event["id"],
            "exclusion_id": barred["id"], "invitation_id": invited["id"], "activity_id": activity,
            "api_key_id": me["id"], "session_id": me["id"], "assistant_id": me["id"], "user_id": person,
            "person_id": contact_id, "record_id": contact_id, "entity_id": contact_id, "owner_id": person,
            "assignee_id": person, "assignee_user_id": person, "list": list["id"],
        });
        assert!(ids.as_object().unwrap().values().all(|id| !id.is_null()), "{ids}");
        Self { key: key.to_owned(), ids: ids.as_object().unwrap().clone() }
    }

    /// The id that belongs into a field of this name: `add_contact_ids` takes contacts, `parent_task_id` a task.
    fn id(&self, field: &str) -> Option<&Value> {
        let name = field.strip_suffix("_ids").map_or(field.to_owned(), |name| format!("{name}_id"));
        let parts: Vec<&str> = name.split('_').collect();
        (0..parts.len()).find_map(|from| self.ids.get(&parts[from..].join("_")))
    }

    /// A value of this schema with an id of this world in it; none where it takes none.
    fn value(&self, field: &str, schema: &Value) -> Option<Value> {
        let one = |id: &Value| {
            if takes_text(schema) && id.is_number() { json!(id.to_string()) } else { id.clone() }
        };
        let items = &schema["items"];
        if field == "contact_roles" {
            return Some(json!({ self.ids["contact_id"].to_string(): "champion" }));
        }
        if let Some(id) = self.id(field) {
            return Some(if items.is_object() { json!([one(id)]) } else { one(id) });
        }
        if items["properties"].is_object() {
            return Some(json!([self.object(items)?]));
        }
        self.object(schema)
    }

    fn object(&self, schema: &Value) -> Option<Value> {
        let mut object = Map::new();
        let mut takes = false;
        for (name, schema_of) in schema["properties"].as_object()? {
            let required = schema["required"].as_array().is_some_and(|names| names.contains(&json!(name)));
            match self.value(name, schema_of) {
                Some(value) => {
                    takes = true;
                    object.insert(name.clone(), value);
                }
                None if required => drop(object.insert(name.clone(), sample(schema_of))),
                None => {}
            }
        }
        takes.then_some(Value::Object(object))
    }
}

fn takes_text(schema: &Value) -> bool {
    match &schema["type"] {
        Value::String(one) => one == "string",
        Value::Array(several) => several.contains(&json!("string")) && !several.contains(&json!("integer")),
        _ => false,
    }
}

/// What an operation needs besides ids, so that it gets as far as looking them up.
fn needed(spec: &Spec, shape: &Shape) -> Map<String, Value> {
    let required = shape.fields().filter(|(name, _)| shape.requires(name));
    let mut args: Map<String, Value> =
        required.map(|(name, schema)| (name.to_owned(), sample(schema))).collect();
    let more: &[(&str, Value)] = match spec.name {
        "contact.update" | "company.update" => &[("city", json!("Rome"))],
        "webhook.redeliver_missing" => &[("since", json!("2026-01-01T00:00:00Z"))],
        "list.update" | "task.update" => &[("title", json!("Mine"))],
        "deal.update" | "pipeline.update" | "stage.update" => &[("name", json!("Mine"))],
        "deal.set_role" => &[("role", json!("champion"))],
        "member.update" => &[("role", json!("admin"))],
        name if name.starts_with("exclusion.update") => &[("message", json!("Mine"))],
        _ => &[],
    };
    args.extend(more.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
    args
}

/// A call: which operation, with which arguments, and the fields that hold foreign ids.
struct Call {
    spec: Spec,
    args: Map<String, Value>,
    foreign: Vec<String>,
}

/// Each field that takes an id with a foreign one while the others have the caller's own; and all foreign at once.
fn calls(own: &World, theirs: &World) -> Vec<Call> {
    let mut every = every();
    // What takes away comes last: the caller's own records are still there for the others.
    every.sort_by_key(|(spec, _)| spec.effect == Effect::Destroy);
    let mut calls = Vec::new();
    for (spec, shape) in every {
        let base = needed(&spec, &shape);
        let takes: Vec<(String, Value, Value)> = shape
            .fields()
            .filter_map(|(name, schema)| {
                Some((name.to_owned(), own.value(name, schema)?, theirs.value(name, schema)?))
            })
            .collect();
        let placed = |name: &str| spec.placeholders().any(|placeholder| placeholder == name);
        let mut with = |foreign: Vec<String>| {
            let mut args = base.clone();
            for (name, mine, other) in &takes {
                let is_foreign = foreign.contains(name);
                if is_foreign || args.contains_key(name) || placed(name) {
                    args.insert(name.clone(), if is_foreign { other.clone() } else { mine.clone() });
                }
            }
            calls.push(Call { spec, args, foreign });
        };
        takes.iter().for_each(|(name, ..)| with(vec![name.clone()]));
        if takes.len() > 1 {
            with(takes.iter().map(|(name, ..)| name.clone()).collect());
        }
    }
    calls
}

/// Calls that are answered all the same, for they take several records, or texts of the caller's own, and say of what
/// is not there that nothing was done with it.
const ANSWERED: &[(&str, &str)] = &[
    ("contact.assert_batch", "contacts"),
    ("list.add_contacts", "contact_ids"),
    ("list.remove_contacts", "contact_ids"),
    ("deal.create", "owner_id"),
    ("deal.assert", "owner_id"),
    ("deal.update", "owner_id"),
    ("deal.update", "remove_contact_ids"),
    ("exclusion.suppress_many", "contact_ids"),
    ("exclusion.reinstate", "contact_ids"),
];

impl Web {
    async fn makes(&self, call: &Call, key: &str) -> super::super::Answer {
        let path = path(&call.spec, &call.args, &call.args);
        self.send(call.spec.verb.name(), &path, Some(key), body(&call.spec, &call.args).as_ref()).await
    }

    /// All that an organisation sees of itself.
    async fn sees(&self, world: &World) -> Vec<(String, Value)> {
        let mut seen = Vec::new();
        // These tell of requests and of time.
        let passing = ["me.show", "usage.show", "log.list", "usage.limits"];
        for (spec, shape) in every().into_iter().filter(|(spec, _)| spec.effect == Effect::Read) {
            let mut args = needed(&spec, &shape);
            let own = |name: &str| Some((name.to_owned(), world.id(name)?.clone()));
            args.extend(spec.placeholders().filter_map(own));
            let file = spec.name.contains("follow") || !spec.in_query || passing.contains(&spec.name);
            if !file {
                let path = path(&spec, &args, &args);
                let mut answer = self.send("GET", &path, Some(&world.key), None).await.body;
                if answer["request_id"].is_string() {
                    answer["request_id"] = Value::Null;
                }
                seen.push((path, answer));
            }
        }
        seen
    }
}

#[tokio::test]
async fn no_scope_reaches_another_organisations_records_by_any_field() {
    let web = Web::new(TestDb::sqlite().await).await;
    let app = &web.kit.app;
    let ann =
        admin::create_user(app, web.kit.org, "ann@example.com", MARK, None, Role::Member).await.unwrap();
    let theirs = World::furnish(&web, &web.key, &ann.id.to_string(), MARK).await;
    let stranger = web.kit.stranger().await;
    let me = web.send("GET", "/api/v1/me", Some(&stranger), None).await.body;
    let org = me["organization_id"].as_str().unwrap().parse().unwrap();
    let bob = admin::create_user(app, org, "bob@example.com", "Bob", None, Role::Member).await.unwrap();
    let own = World::furnish(&web, &stranger, &bob.id.to_string(), "Elsewhere").await;
    let before = web.sees(&theirs).await;
    assert!(before.len() > 30 && before.iter().any(|(_, body)| body.to_string().contains(MARK)));
    let mut keys = Vec::new();
    for (scope, _) in all() {
        keys.push((scope, web.kit.key_of(org, None, &[scope.0]).await));
    }
    let calls = calls(&own, &theirs);
    let (mut tried, mut let_in, mut faults) = (0, 0, Vec::new());
    for call in &calls {
        let what = format!("{} with foreign {:?}", call.spec.name, call.foreign);
        let scoped = keys.iter().map(|(scope, key)| (call.spec.scopes.contains(scope), scope.0, key));
        for (opens, scope, key) in scoped.chain([(true, "*", &stranger)]) {
            let answer = web.makes(call, key).await;
            tried += 1;
            if !opens && !call.spec.scopes.is_empty() {
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{what} by {scope}: {}", answer.body);
                continue;
            }
            let_in += 1;
            assert!(!answer.status.is_server_error(), "{what} by {scope}: {}", answer.body);
            assert!(
                !answer.body.to_string().to_lowercase().contains(&MARK.to_lowercase()),
                "{what} by {scope}: {}",
                answer.body
            );
            let in_path = call.spec.placeholders().any(|name| call.foreign.iter().any(|field| field == name));
            if in_path {
                let unseen = [StatusCode::NOT_FOUND, StatusCode::FORBIDDEN];
                if !unseen.contains(&answer.status) {
                    faults.push(format!("{what} by {scope}: {} {}", answer.status, answer.body));
                }
            } else if answer.status.is_success() && call.spec.effect != Effect::Read {
                let known = call.foreign.iter().all(|field| ANSWERED.contains(&(call.spec.name, field)));
                if !known {
                    faults.push(format!("{what} by {scope}: {} {}", answer.status, answer.body));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(tried > 5000 && let_in > 300, "only {tried} were tried and {let_in} let in");
    for ((path, before), (_, after)) in before.iter().zip(web.sees(&theirs).await) {
        assert_eq!(*before, after, "{path}");
    }
    // Nothing of theirs has become the caller's, either.
    for (path, body) in web.sees(&own).await {
        assert!(!body.to_string().to_lowercase().contains(&MARK.to_lowercase()), "{path}: {body}");
    }
}

//! Every operation refuses strangers: no key, no scope, another organisation.

mod foreign;

use super::Web;
use axum::http::StatusCode;
use g8_core::{Action, Registry, Spec};
use g8_domain::record::Role;
use g8_product::AREAS;
use g8_storage::on_both;
use serde_json::{Map, Value, json};

fn sample(schema: &Value) -> Value {
    match schema["type"].as_str() {
        Some("integer") => json!(1),
        Some("array") => json!([sample(&schema["items"])]),
        Some("object") => json!({}),
        _ if schema["enum"].is_array() => schema["enum"][0].clone(),
        _ if schema["format"] == "uuid" => json!("00000000-0000-7000-8000-000000000000"),
        _ => json!("sample"),
    }
}

/// What it takes to call each operation with arguments that are valid.
fn calls() -> Vec<(Spec, Map<String, Value>)> {
    let call = |action: &Action| {
        let shape = action.shape();
        let required = shape.fields().filter(|(name, _)| shape.requires(name));
        (*action.spec, required.map(|(name, schema)| (name.to_owned(), sample(schema))).collect())
    };
    Registry::new(AREAS).operations().iter().map(call).collect()
}

fn path(spec: &Spec, args: &Map<String, Value>, ids: &Map<String, Value>) -> String {
    let mut path = format!("/api/v1{}", spec.path);
    for name in spec.placeholders() {
        let value = ids.get(name).or(args.get(name)).cloned().unwrap_or_default();
        path = path.replace(&format!("{{{name}}}"), value.to_string().trim_matches('"'));
    }
    let others = args
        .iter()
        .filter(|(name, _)| spec.in_query && spec.placeholders().all(|placeholder| placeholder != *name));
    let query: Vec<String> =
        others.map(|(name, value)| format!("{name}={}", value.to_string().trim_matches('"'))).collect();
    if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) }
}

fn body(spec: &Spec, args: &Map<String, Value>) -> Option<Value> {
    let rest: Map<String, Value> = args
        .iter()
        .filter(|(name, _)| spec.placeholders().all(|placeholder| placeholder != *name))
        .map(|(n, v)| (n.clone(), v.clone()))
        .collect();
    (!spec.in_query).then_some(Value::Object(rest))
}

on_both! {
    async fn nobody_gets_past_the_door(test) {
        let web = Web::new(test).await;
        let powerless = web.kit.key_with(&[]).await;
        let none = Map::new();
        for (spec, args) in calls() {
            let (path, body) = (path(&spec, &args, &none), body(&spec, &args));
            let nobody = web.send(spec.verb.name(), &path, None, body.as_ref()).await;
            assert_eq!(nobody.status, StatusCode::UNAUTHORIZED, "{}", spec.name);
            assert_eq!(nobody.headers["www-authenticate"], "Bearer realm=\"g8\"", "{}", spec.name);
            let answer = web.send(spec.verb.name(), &path, Some(&powerless), body.as_ref()).await;
            if spec.scopes.is_empty() {
                assert_eq!(answer.status, StatusCode::OK, "{}", spec.name);
            } else {
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", spec.name);
                assert_eq!(answer.body["data"]["required_scopes"][0], spec.scopes[0].0, "{}", spec.name);
            }
        }
    }
}

on_both! {
    async fn another_organisations_records_do_not_exist(test) {
        let web = Web::new(test).await;
        let contact = web.post("/api/v1/contacts", json!({ "work_email": "a@x.com", "company_name": "Acme" })).await;
        assert_eq!(contact.status, StatusCode::CREATED);
        web.post("/api/v1/lists", json!({ "title": "People" })).await;
        web.post("/api/v1/contacts/columns/create", json!({ "title": "Size" })).await;
        let note = web.post("/api/v1/contacts/1/notes", json!({ "content": "x" })).await.body["data"]["id"].clone();
        let key = web.get("/api/v1/me").await.body["id"].clone();
        let import = web.post("/api/v1/imports", json!({})).await.body["data"]["id"].clone();
        let export = web.post("/api/v1/exports", json!({})).await.body["data"]["id"].clone();
        let deal = web.post("/api/v1/deals", json!({ "name": "Seats", "contact_ids": [1] })).await.body["data"].clone();
        let hook = json!({ "url": "https://example.com/", "events": ["*"] });
        let webhook = web.post("/api/v1/webhooks", hook).await.body["data"]["id"].clone();
        let event = web.post("/api/v1/events/trigger", json!({ "event": "contact.created" })).await.body["data"]["id"].clone();
        let task = web.post("/api/v1/contacts/1/tasks", json!({ "title": "x" })).await.body["data"]["id"].clone();
        let asked = json!({ "email": "a@x.com", "reason": "OTHER" });
        let exclusion = web.post("/api/v1/contact-exclusions", asked).await.body["data"]["id"].clone();
        let activity = web.get("/api/v1/activities").await.body["data"][0]["id"].clone();
        let member = web.kit.user("ann@example.com", Role::Member).await.id;
        let invited = web.post("/api/v1/invitations", json!({ "email": "b@x.com" })).await.body["data"]["id"].clone();
        let more = [("user_id", json!(member)), ("invitation_id", invited), ("session_id", key.clone()), ("assistant_id", key.clone()), ("task_id", task), ("exclusion_id", exclusion), ("activity_id", activity),
            ("webhook_id", webhook), ("event_id", event.clone()), ("delivery_id", event),
            ("deal_id", deal["id"].clone()), ("pipeline_id", deal["pipeline_id"].clone()), ("stage_id", deal["stage_id"].clone())];
        let mut ids = json!({ "import_id": import, "export_id": export, "contact_id": 1, "company_id": 1, "list_id": 1, "column_id": 1, "note_id": note, "api_key_id": key });
        more.into_iter().for_each(|(name, id)| ids[name] = id);
        let stranger = web.kit.stranger().await;
        let mut tried = 0;
        for (spec, mut args) in calls().into_iter().filter(|(spec, _)| spec.placeholders().next().is_some()) {
            if spec.name == "contact.update" || spec.name == "company.update" {
                args.insert("city".into(), json!("Rome"));
            }
            if spec.name == "webhook.redeliver_missing" {
                args.insert("since".into(), json!("2026-01-01T00:00:00Z"));
            }
            if spec.name.starts_with("exclusion.update") {
                args.insert("message".into(), json!("Mine"));
            }
            if spec.name == "list.update" || spec.name == "task.update" {
                args.insert("title".into(), json!("Mine"));
            }
            if ["deal.update", "pipeline.update", "stage.update"].contains(&spec.name) {
                args.insert("name".into(), json!("Mine"));
            }
            if spec.name == "member.update" {
                args.insert("role".into(), json!("admin"));
            }
            if spec.name == "deal.move" {
                args.insert("stage_id".into(), deal["stage_id"].clone());
            }
            let path = path(&spec, &args, ids.as_object().unwrap());
            let answer = web.send(spec.verb.name(), &path, Some(&stranger), body(&spec, &args).as_ref()).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{} {path}: {}", spec.name, answer.body);
            tried += 1;
        }
        assert!(tried > 20, "only {tried} operations name a record");
        assert_eq!(web.get("/api/v1/contacts/1").await.body["data"]["city"], Value::Null);
        let untouched = web.get(&format!("/api/v1/deals/{}", deal["id"].as_str().unwrap())).await;
        assert_eq!(untouched.body["data"], deal);
    }
}

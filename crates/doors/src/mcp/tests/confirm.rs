//! What destroys asks first: in all three ways, and nothing but an answer to the question goes on.

use super::{
    pipe::{Assistant, alone},
    web::{Web, modern_with},
};
use crate::mcp::Server;
use g8_product::testing::test_app;
use g8_storage::on_both;
use serde_json::{Value, json};
use std::time::Duration;

const TOOL: &str = "g8_delete_contact";

async fn person(web: &Web, email: &str) {
    let made = web
        .call(&web.kit.key, "g8_create_contact", json!({ "work_email": email, "first_name": "Ann" }))
        .await;
    assert_eq!(made["isError"], false, "{made}");
}

async fn is_there(web: &Web, id: i64) -> bool {
    web.call(&web.kit.key, "g8_get_contact", json!({ "contact_id": id })).await["isError"] == false
}

/// What a client that can be asked sends.
fn asked(arguments: Value, more: Value) -> super::web::Message {
    let mut params = json!({ "name": TOOL, "arguments": arguments });
    for (name, value) in more.as_object().unwrap() {
        params[name] = value.clone();
    }
    modern_with("tools/call", params, json!({ "elicitation": { "form": {} } }))
}

on_both! {
    async fn a_client_that_cannot_ask_is_told_what_would_happen_and_brings_the_token_back(test) {
        let web = Web::new(test).await;
        let key = web.kit.key.clone();
        for email in ["ann@x.com", "bea@x.com"] {
            person(&web, email).await;
        }
        let prepared = web.call(&key, TOOL, json!({ "contact_id": 1 })).await["structuredContent"].clone();
        assert_eq!(prepared["status"], "confirmation_required");
        let preview = prepared["preview"].as_str().unwrap();
        assert!(preview.contains("contact_id 1") && preview.contains("Ann ann@x.com"), "{preview}");
        assert!(is_there(&web, 1).await);
        let token = prepared["confirmation_token"].as_str().unwrap().to_owned();
        let with = |id: i64, token: &str| json!({ "contact_id": id, "confirmation_token": token });
        let tampered = token.replace(&token[4..8], if &token[4..8] == "AAAA" { "BBBB" } else { "AAAA" });
        let other = web.kit.key_with(&["*"]).await;
        let stranger = web.kit.stranger().await;
        for (key, arguments) in [
            (&key, with(2, &token)),
            (&key, with(1, &tampered)),
            (&key, with(1, "true")),
            (&key, json!({ "contact_id": 1, "confirmation_token": true })),
            (&other, with(1, &token)),
            (&stranger, with(1, &token)),
        ] {
            let refused = web.call(key, TOOL, arguments).await;
            assert_eq!(refused["structuredContent"]["code"], "not_confirmed", "{refused}");
        }
        // A flag that a model makes up is not even an argument.
        let made_up = web.call(&key, TOOL, json!({ "contact_id": 1, "confirm": true })).await;
        assert_eq!(made_up["structuredContent"]["code"], "invalid_arguments");
        assert!(is_there(&web, 1).await && is_there(&web, 2).await);
        assert_eq!(web.call(&key, TOOL, with(1, &token)).await["structuredContent"]["deleted"], true);
        assert!(!is_there(&web, 1).await);
        let again = web.call(&key, TOOL, with(1, &token)).await;
        assert!(again["content"][0]["text"].as_str().unwrap().contains("used before"), "{again}");
        let gone = web.call(&key, TOOL, json!({ "contact_id": 1 })).await;
        assert_eq!(gone["structuredContent"]["code"], "not_found");
    }
}

on_both! {
    async fn a_confirmation_grows_old_and_is_forgotten(test) {
        let web = Web::new(test).await;
        person(&web, "ann@x.com").await;
        let prepare = async || web.call(&web.kit.key, TOOL, json!({ "contact_id": 1 })).await["structuredContent"]["confirmation_token"].clone();
        let token = prepare().await;
        web.kit.advance_seconds(301);
        let late = web.call(&web.kit.key, TOOL, json!({ "contact_id": 1, "confirmation_token": token })).await;
        assert!(late["content"][0]["text"].as_str().unwrap().contains("too old"), "{late}");
        let until = (web.kit.now().0 + 300_000_000).to_string();
        let token = prepare().await;
        let arguments = json!({ "confirmation_token": token, "contact_id": 1 });
        assert_eq!(web.call(&web.kit.key, TOOL, arguments).await["isError"], false);
        let kept = async || web.kit.app.db.dump().await.unwrap().contains(&until);
        assert!(kept().await);
        web.kit.advance_seconds(3600);
        g8_core::jobs::begin(&web.kit.app).await.unwrap();
        web.kit.run_pending_jobs().await;
        assert!(!kept().await);
    }
}

on_both! {
    async fn a_client_of_the_newer_era_asks_its_user(test) {
        let web = Web::new(test).await;
        let key = web.kit.key.clone();
        person(&web, "ann@x.com").await;
        let question = web.send(&key, asked(json!({ "contact_id": 1 }), json!({}))).await.body["result"].clone();
        assert_eq!(question["resultType"], "input_required");
        let message = question["inputRequests"]["confirm"]["params"]["message"].as_str().unwrap();
        assert!(message.contains("ann@x.com"), "{message}");
        let state = question["requestState"].clone();
        let said = |action: &str, state: &Value| json!({ "inputResponses": { "confirm": { "action": action } }, "requestState": state });
        let declined = web.send(&key, asked(json!({ "contact_id": 1 }), said("decline", &state))).await;
        assert_eq!(declined.body["result"]["isError"], true);
        let forged = web.send(&key, asked(json!({ "contact_id": 1 }), said("accept", &json!("forged")))).await;
        assert_eq!(forged.body["error"]["code"], -32602);
        let elsewhere = web.send(&key, asked(json!({ "contact_id": 2 }), said("accept", &state))).await;
        assert_eq!(elsewhere.body["error"]["code"], -32602);
        // Without an answer to this question it is asked again.
        let again = web.send(&key, asked(json!({ "contact_id": 1 }), json!({ "inputResponses": {}, "requestState": state }))).await;
        assert_eq!(again.body["result"]["resultType"], "input_required");
        assert!(is_there(&web, 1).await);
        let done = web.send(&key, asked(json!({ "contact_id": 1 }), said("accept", &state))).await;
        assert_eq!(done.body["result"]["structuredContent"]["deleted"], true, "{done:?}");
        let replayed = web.send(&key, asked(json!({ "contact_id": 1 }), said("accept", &state))).await;
        assert!(replayed.body.to_string().contains("used before"));
    }
}

on_both! {
    async fn a_client_of_the_older_era_is_asked_in_its_session(test) {
        let kit = test_app(test).await;
        let server = Server::new(alone(kit.as_key(&kit.key), kit.app.clock.clone(), Duration::from_secs(60)));
        let mut assistant = Assistant::of(server, json!({ "elicitation": {} })).await;
        assistant.call("g8_create_contact", json!({ "work_email": "ann@x.com" })).await;
        for (action, gone) in [("decline", false), ("cancel", false), ("accept", true)] {
            let id = assistant.begin("tools/call", json!({ "name": TOOL, "arguments": { "contact_id": 1 } })).await;
            let question = assistant.hear().await;
            assert_eq!(question["method"], "elicitation/create");
            assert!(question["params"]["message"].as_str().unwrap().contains("ann@x.com"));
            assistant.write(json!({ "jsonrpc": "2.0", "id": question["id"], "result": { "action": action } })).await;
            let answer = assistant.hear().await;
            assert_eq!(answer["id"], id);
            assert_eq!(answer["result"]["structuredContent"]["deleted"] == true, gone, "{answer}");
        }
    }
}

on_both! {
    async fn over_a_pipe_a_token_is_good_once_too(test) {
        let kit = test_app(test).await;
        let mut assistant = Assistant::meet(kit.as_key(&kit.key)).await;
        assistant.call("g8_create_contact", json!({ "work_email": "ann@x.com" })).await;
        let prepared = assistant.call(TOOL, json!({ "contact_id": 1 })).await;
        let token = &prepared["structuredContent"]["confirmation_token"];
        let arguments = json!({ "contact_id": 1, "confirmation_token": token });
        assert_eq!(assistant.call(TOOL, arguments.clone()).await["structuredContent"]["deleted"], true);
        assert!(assistant.call(TOOL, arguments).await.to_string().contains("used before"));
    }
}

#[test]
fn only_what_destroys_takes_a_token() {
    let view = super::pipe::everything();
    let catalogue = std::sync::Arc::new(crate::mcp::Catalogue::new(
        g8_core::Registry::new(g8_product::AREAS).operations(),
        crate::mcp::ToolMode::All,
    ));
    for tool in crate::mcp::View::new(catalogue, view, false).tools() {
        let takes = tool.input_schema["properties"].get("confirmation_token").is_some();
        assert_eq!(Some(takes), tool.annotations.unwrap().destructive_hint, "{}", tool.name);
    }
}

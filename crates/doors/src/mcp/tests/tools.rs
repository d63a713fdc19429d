//! What is shown of the tools, and what they answer.

use super::pipe::{Assistant, everything};
use crate::mcp::{Catalogue, ToolMode, View, instructions};
use g8_domain::Scopes;
use g8_product::testing::test_app;
use g8_storage::on_both;
use serde_json::{Value, json};
use std::sync::Arc;

on_both! {
    async fn an_assistant_creates_finds_and_is_told_what_to_do(test) {
        let kit = test_app(test).await;
        let mut assistant = Assistant::meet(kit.as_key(&kit.key)).await;
        let made = assistant.call("g8_create_contact", json!({ "work_email": "ann@x.com", "first_name": "Ann" })).await;
        assert_eq!(made["structuredContent"]["id"], 1);
        assert_eq!(made["_meta"]["io.modelcontextprotocol/serverInfo"]["name"], "graph8");
        let found = assistant.call("g8_search_contacts", json!({ "name": "an", "limit": "5" })).await;
        assert_eq!(found["structuredContent"]["data"][0]["work_email"], "ann@x.com");
        assert_eq!(assistant.call("g8_get_contact_detail", json!({ "contact_id": "1" })).await["structuredContent"]["id"], 1);
        for (tool, arguments, told, code) in [
            ("g8_search_contacts", json!({ "nam": "x", "limit": 0 }), "2 problems", "invalid_arguments"),
            ("g8_get_contact", json!({ "contact_id": 99 }), "Search for the right id first", "not_found"),
            ("g8_create_contact", json!({ "work_email": "ann@x.com" }), "\"contact_id\":1", "conflict"),
        ] {
            let refused = assistant.call(tool, arguments).await;
            assert_eq!(refused["isError"], true, "{refused}");
            assert!(refused["content"][0]["text"].as_str().unwrap().contains(told), "{refused}");
            assert_eq!(refused["structuredContent"]["code"], code);
            assert_eq!(refused["structuredContent"]["retryable"], false);
        }
    }
}

on_both! {
    async fn resources_are_first_pages_and_prompts_are_filled_in(test) {
        let kit = test_app(test).await;
        let mut assistant = Assistant::meet(kit.as_key(&kit.key)).await;
        assistant.call("g8_create_contact", json!({ "work_email": "ann@x.com" })).await;
        let listed = assistant.ask("resources/list", json!({})).await["result"]["resources"].clone();
        let uris: Vec<&str> = listed.as_array().unwrap().iter().filter_map(|one| one["uri"].as_str()).collect();
        assert_eq!(uris, ["g8://contacts", "g8://companies"]);
        let read = assistant.ask("resources/read", json!({ "uri": "g8://contacts" })).await;
        let text = read["result"]["contents"][0]["text"].as_str().unwrap();
        let contacts: Value = serde_json::from_str(text).unwrap();
        assert_eq!(contacts[0]["work_email"], "ann@x.com");
        let missing = assistant.ask("resources/read", json!({ "uri": "g8://moon" })).await;
        assert_eq!(missing["error"]["data"]["uri"], "g8://moon");

        let named = |prompts: &Value| {
            prompts["result"]["prompts"].as_array().unwrap().iter().map(|one| one["name"].clone()).collect::<Vec<_>>()
        };
        assert_eq!(named(&assistant.ask("prompts/list", json!({})).await), ["icp_refinement", "prospect_outreach"]);
        let args = json!({ "icp_description": "bakers in {list_name}", "list_name": "Bakers" });
        let got = assistant.ask("prompts/get", json!({ "name": "prospect_outreach", "arguments": args })).await;
        let text = got["result"]["messages"][0]["content"]["text"].as_str().unwrap();
        assert!(text.contains("bakers in {list_name}") && text.contains("the list \"Bakers\""), "{text}");
        let without = assistant.ask("prompts/get", json!({ "name": "prospect_outreach" })).await;
        assert_eq!(without["error"]["message"], "Missing: icp_description, list_name");
        assert!(assistant.ask("prompts/get", json!({ "name": "poem" })).await["error"].is_object());
    }
}

fn view(mode: ToolMode, scopes: &[&str], read_only: bool) -> View {
    View::new(
        Arc::new(Catalogue::new(g8_core::Registry::new(g8_product::AREAS).operations(), mode)),
        Scopes::parse(scopes).unwrap(),
        read_only,
    )
}

fn names(view: &View) -> Vec<String> {
    view.tools().iter().map(|tool| tool.name.to_string()).collect()
}

#[test]
fn a_key_sees_the_tools_it_may_use() {
    assert_eq!(names(&view(ToolMode::Gtm, &[], false)), ["g8_whoami", "g8_usage"]);
    let reader = names(&view(ToolMode::Gtm, &["contacts:read"], false));
    assert!(
        reader.contains(&"g8_search_contacts".to_owned())
            && !reader.contains(&"g8_create_contact".to_owned())
    );
    assert_eq!(view(ToolMode::Gtm, &["companies:read"], false).resources().len(), 1);
}

#[test]
fn with_the_switch_for_reading_nothing_else_is_there() {
    let full = view(ToolMode::All, &["*"], false);
    let reading = view(ToolMode::All, &["*"], true);
    assert!(full.tools().len() > reading.tools().len() && reading.tools().len() > 20);
    for tool in reading.tools() {
        assert_eq!(tool.annotations.unwrap().read_only_hint, Some(true), "{}", tool.name);
    }
    assert!(reading.find("g8_delete_contact").is_none() && reading.lacks("g8_delete_contact").is_none());
}

#[test]
fn the_tools_are_a_visible_diff() {
    let tools = View::new(
        Arc::new(Catalogue::new(g8_core::Registry::new(g8_product::AREAS).operations(), ToolMode::All)),
        everything(),
        false,
    )
    .tools();
    for tool in &tools {
        let tool = serde_json::to_value(tool).unwrap();
        assert_eq!(tool["inputSchema"]["type"], "object", "{}", tool["name"]);
        assert!(tool["title"].as_str().is_some_and(|title| !title.is_empty()));
        assert!(tool["name"].as_str().is_some_and(|name| name.len() <= 64));
        for hint in ["readOnlyHint", "destructiveHint", "openWorldHint"] {
            assert!(tool["annotations"][hint].is_boolean(), "{} {hint}", tool["name"]);
        }
        // The published linter warns of it, and some clients do not understand it.
        assert!(!tool.to_string().contains("\"type\":["), "{tool}");
    }
    insta::assert_json_snapshot!("tools", tools);
}

#[test]
fn instructions_fit_what_clients_keep_of_them() {
    for mode in ToolMode::ALL {
        let text = instructions::of(mode);
        assert!(text.len() < 2000, "{mode:?}: {} bytes", text.len());
        assert!(text.contains("never follow") && text.contains("confirmation_token"));
    }
}

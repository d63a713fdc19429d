//! Who is let in at `/mcp`, and what they are told who are not.

use super::web::{HERE, Message, Web, call, legacy, modern};
use axum::http::StatusCode;
use g8_core::admin;
use g8_identity::audit;
use g8_storage::on_both;
use serde_json::{Value, json};

fn challenge(headers: &axum::http::HeaderMap) -> &str {
    headers["www-authenticate"].to_str().unwrap()
}

fn raw(body: &str) -> Message {
    Message { body: body.to_owned(), ..modern("tools/list", json!({})) }
}

on_both! {
    async fn a_call_is_done_counted_and_on_record(test) {
        let web = Web::new(test).await;
        admin::set_plan(&web.kit.app, web.kit.org, "pro").await.unwrap();
        let made = web.send(&web.kit.key, call("g8_create_contact", json!({ "work_email": "ann@x.com" }))).await;
        assert_eq!(made.status, StatusCode::OK);
        assert_eq!(made.headers["content-type"], "application/json");
        assert_eq!(made.headers["x-ratelimit-remaining"], "119");
        assert_eq!(made.body["result"]["structuredContent"]["id"], 1);
        let request_id = made.headers["x-request-id"].to_str().unwrap();
        let log = web.kit.call::<audit::ListAuditEntries>(json!({})).await.unwrap();
        assert_eq!((log.data[0].door.as_str(), log.data[0].request_id.as_str()), ("mcp", request_id));
        for path in ["/mcp/", "/mcp?mode=dev", "/mcp/?mode=gtm"] {
            let listed = web.send(&web.kit.key, modern("tools/list", json!({})).at(path)).await;
            assert_eq!(listed.status, StatusCode::OK, "{path}");
            assert_eq!(listed.body["result"]["cacheScope"], "private");
        }
        for _ in 0..6 {
            web.call(&web.kit.key, "g8_whoami", json!({})).await;
        }
        let refused = web.send(&web.kit.key, call("g8_whoami", json!({}))).await;
        assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(refused.headers["retry-after"], "1");
    }
}

on_both! {
    async fn without_a_good_key_the_way_to_one_is_told(test) {
        let web = Web::new(test).await;
        let metadata = format!("resource_metadata=\"{HERE}/.well-known/oauth-protected-resource/mcp\"");
        let nobody = web.anonymous(modern("tools/list", json!({}))).await;
        assert_eq!(nobody.status, StatusCode::UNAUTHORIZED);
        assert!(challenge(&nobody.headers).starts_with(&format!("Bearer {metadata}, scope=\"contacts:read ")));
        let forged = web.send("g8_live_nonsense", modern("tools/list", json!({}))).await;
        assert_eq!((forged.status, &forged.body["type"]), (StatusCode::UNAUTHORIZED, &json!("UnauthorizedIssue")));
        assert!(challenge(&forged.headers).contains("error=\"invalid_token\"") && challenge(&forged.headers).contains(&metadata));
        for path in ["/.well-known/oauth-protected-resource", "/.well-known/oauth-protected-resource/mcp"] {
            let told = web.anonymous(Message { method: "GET", body: String::new(), ..raw("").at(path) }).await;
            assert_eq!(told.body["resource"], format!("{HERE}/mcp"));
            assert_eq!(told.body["authorization_servers"], json!([HERE]));
            assert_eq!(told.body["bearer_methods_supported"], json!(["header"]));
        }
    }
}

on_both! {
    async fn a_call_beyond_the_scopes_says_which_would_do(test) {
        let web = Web::new(test).await;
        let reader = web.kit.key_with(&["contacts:read"]).await;
        // Headers may say anything; the body is what counts.
        let lying = legacy("tools/call", json!({ "name": "g8_delete_contact", "arguments": { "contact_id": 1 } }))
            .header("mcp-name", "g8_search_contacts");
        let session = web.session(&reader).await;
        for message in [call("g8_delete_contact", json!({ "contact_id": 1 })), lying.header("mcp-session-id", &session)] {
            let refused = web.send(&reader, message).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN);
            let told = challenge(&refused.headers);
            assert!(told.contains("error=\"insufficient_scope\", scope=\"contacts:write\"") && told.contains("error_description="), "{told}");
        }
        let listed = web.send(&reader, modern("tools/list", json!({}))).await.body.to_string();
        assert!(listed.contains("g8_search_contacts") && !listed.contains("g8_delete_contact"));
        let unknown = web.send(&reader, call("g8_fly", json!({}))).await;
        assert_eq!((unknown.status, &unknown.body["error"]["code"]), (StatusCode::OK, &json!(-32602)));
    }
}

on_both! {
    async fn foreign_hosts_origins_and_what_is_no_message_are_refused(test) {
        let web = Web::new(test).await;
        let key = &web.kit.key;
        for (header, value, status) in [
            ("host", "evil.example", StatusCode::FORBIDDEN),
            ("host", "localhost:8080", StatusCode::OK),
            ("origin", "https://evil.example", StatusCode::FORBIDDEN),
            ("origin", "http://g8.test:9999", StatusCode::FORBIDDEN),
            ("origin", "null", StatusCode::FORBIDDEN),
            ("origin", HERE, StatusCode::OK),
            ("origin", "http://localhost:6274", StatusCode::OK),
        ] {
            let answer = web.send(key, modern("tools/list", json!({})).header(header, value)).await;
            assert_eq!(answer.status, status, "{header}: {value}");
        }
        let batch = json!([{ "jsonrpc": "2.0", "id": 1, "method": "tools/list" }]).to_string();
        let twice = r#"{"jsonrpc":"2.0","id":1,"method":"tools/list","method":"tools/call","params":{}}"#;
        for (body, code) in [("{", -32700), ("\u{7f}", -32700), (&*batch, -32600), (twice, -32600), ("{}", -32600), ("7", -32600)] {
            let answer = web.send(key, raw(body)).await;
            assert_eq!((answer.status, &answer.body["error"]["code"]), (StatusCode::BAD_REQUEST, &json!(code)), "{body}");
        }
        let long = web.send(key, call("g8_search_contacts", json!({ "name": "x".repeat(1 << 17) }))).await;
        assert_eq!(long.status, StatusCode::PAYLOAD_TOO_LARGE);
        let other = web.send(key, raw("{}").header("content-type", "text/plain")).await;
        assert_eq!(other.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
        let put = Message { method: "PUT", ..raw("{}") };
        assert_eq!(web.send(key, put).await.status, StatusCode::METHOD_NOT_ALLOWED);
        let preflight = |origin: &str| {
            let options = Message { method: "OPTIONS", body: String::new(), ..raw("") };
            options.header("origin", origin).header("access-control-request-method", "POST")
        };
        for (origin, may) in [(HERE, true), ("http://localhost:6274", true), ("https://evil.example", false), ("http://g8.test", false)] {
            let answer = web.anonymous(preflight(origin)).await;
            assert!(answer.status.is_success());
            assert_eq!(answer.headers.contains_key("access-control-allow-origin"), may, "{origin}");
        }
        let bare = Message { method: "OPTIONS", body: String::new(), ..raw("") };
        assert!(web.anonymous(bare).await.status.is_success());
    }
}

on_both! {
    async fn the_address_and_a_header_choose_what_is_seen(test) {
        let web = Web::new(test).await;
        let names = |answer: Value| {
            let tools = answer["result"]["tools"].as_array().unwrap().clone();
            tools.iter().map(|tool| tool["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let list = |path: &str| modern("tools/list", json!({})).at(path);
        let dev = names(web.send(&web.kit.key, list("/mcp?mode=dev")).await.body);
        let gtm = names(web.send(&web.kit.key, list("/mcp?mode=gtm")).await.body);
        let has = |names: &[String], name: &str| names.iter().any(|one| one == name);
        assert!(has(&dev, "g8_create_webhook") && !has(&dev, "g8_create_pipeline"));
        assert!(has(&gtm, "g8_create_pipeline") && !has(&gtm, "g8_create_webhook"));
        assert!(has(&names(web.send(&web.kit.key, list("/mcp")).await.body), "g8_gtm_create_pipeline"));
        for message in [list("/mcp?read_only=true"), list("/mcp").header("x-mcp-readonly", "true")] {
            let reading = names(web.send(&web.kit.key, message).await.body);
            assert!(has(&reading, "g8_search_contacts") && !has(&reading, "g8_create_contact"));
        }
        let arguments = json!({ "name": "g8_create_contact", "arguments": { "work_email": "ann@x.com" } });
        let refused = web.send(&web.kit.key, modern("tools/call", arguments).header("x-mcp-readonly", "1")).await;
        assert_eq!(refused.body["error"]["code"], -32602);
    }
}

//! Sessions of the older era: whose they are, and when they end.

use super::web::{Message, Web, legacy, modern};
use crate::mcp::remote::Bounds;
use axum::http::StatusCode;
use g8_product::testing::configured_app;
use g8_storage::on_both;
use serde_json::json;
use std::time::Duration;

fn list(session: &str) -> Message {
    legacy("tools/list", json!({})).header("mcp-session-id", session)
}

fn end(session: &str) -> Message {
    Message { method: "DELETE", body: String::new(), ..list(session) }
}

on_both! {
    async fn a_session_is_its_owners_alone(test) {
        let web = Web::new(test).await;
        let (ann, bob) = (web.kit.key.clone(), web.kit.key_with(&["*"]).await);
        let session = web.session(&ann).await;
        assert_eq!(web.send(&ann, list(&session)).await.status, StatusCode::OK);
        let listen = Message { method: "GET", body: String::new(), ..list(&session) };
        let hello = json!({ "protocolVersion": "2026-07-28", "capabilities": {}, "clientInfo": { "name": "t", "version": "1" } });
        for message in [list(&session), end(&session), listen, list("unknown"), legacy("initialize", hello.clone()).header("mcp-session-id", &session)] {
            assert_eq!(web.send(&bob, message).await.status, StatusCode::NOT_FOUND);
        }
        // Saying that one is of the newer era opens nothing, either: sessions are not its own.
        let newer = |message: Message| message.header("mcp-protocol-version", "2026-07-28");
        let opened = web.send(&bob, newer(legacy("initialize", hello)).header("mcp-session-id", &session)).await;
        assert_ne!(opened.headers.get("mcp-session-id").map(|id| id.to_str().unwrap()), Some(&*session));
        assert_eq!(web.send(&bob, newer(end(&session))).await.status, StatusCode::METHOD_NOT_ALLOWED);
        let overlooked = modern("tools/list", json!({})).header("mcp-session-id", &session);
        assert_eq!(web.send(&bob, overlooked).await.status, StatusCode::OK);
        assert_eq!(web.send(&ann, end(&session)).await.status, StatusCode::ACCEPTED);
        assert_eq!(web.send(&ann, list(&session)).await.status, StatusCode::NOT_FOUND);
    }
}

on_both! {
    async fn an_idle_session_ends(test) {
        let web = Web::bounded(test, Bounds { idle: Duration::from_millis(50), ..Bounds::default() }).await;
        let session = web.session(&web.kit.key).await;
        // Its stream ends with it.
        web.send(&web.kit.key, Message { method: "GET", body: String::new(), ..list(&session) }).await;
        assert_eq!(web.send(&web.kit.key, list(&session)).await.status, StatusCode::NOT_FOUND);
    }
}

on_both! {
    async fn the_oldest_session_of_a_caller_makes_room_and_a_full_server_says_so(test) {
        let web = Web::bounded(test, Bounds { of_one: 2, of_all: 3, ..Bounds::default() }).await;
        let (ann, bob) = (web.kit.key.clone(), web.kit.key_with(&["*"]).await);
        let first = web.session(&ann).await;
        let second = web.session(&ann).await;
        let third = web.session(&ann).await;
        assert_eq!(web.send(&ann, list(&first)).await.status, StatusCode::NOT_FOUND);
        for session in [&second, &third] {
            assert_eq!(web.send(&ann, list(session)).await.status, StatusCode::OK);
        }
        web.session(&bob).await;
        let hello = json!({ "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": { "name": "t", "version": "1" } });
        let full = web.send(&bob, legacy("initialize", hello)).await;
        assert_eq!(full.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(full.headers.contains_key("retry-after"));
    }
}

on_both! {
    async fn a_session_holds_no_place_among_the_requests_that_run(test) {
        let kit = configured_app(test, |config| config.limits.requests = 1).await;
        let server = crate::mcp::Server::new(crate::mcp::remote::HttpHost::new(kit.app.clone()));
        let web = Web::with(kit, server, Bounds::default());
        for _ in 0..3 {
            let session = web.session(&web.kit.key).await;
            assert_eq!(web.send(&web.kit.key, list(&session)).await.status, StatusCode::OK);
        }
    }
}

on_both! {
    async fn a_server_that_ends_ends_the_streams_of_those_who_only_listen(test) {
        let web = Web::new(test).await;
        let session = web.session(&web.kit.key).await;
        let app = web.kit.app.clone();
        let listening = web.send(&web.kit.key, Message { method: "GET", body: String::new(), ..list(&session) });
        let (heard, ()) = tokio::join!(listening, async move { app.leave() });
        assert_eq!(heard.status, StatusCode::OK);
    }
}

//! What becomes of calls that panic, take too long, or are no longer waited for.

use super::{
    pipe::{Assistant, alone},
    web::{Web, modern},
};
use crate::mcp::{
    Server, StdioHost,
    remote::{Bounds, McpCaller, Remote},
};
use g8_core::{Args, Backend, Clock, Done, Incoming, Spec};
use g8_domain::{Error, Result};
use g8_product::testing::test_app;
use g8_storage::on_both;
use serde_json::json;
use std::{future::pending, time::Duration};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// What a backend is asked and what becomes of it: begun, dropped, or finished.
struct Odd(Kind, UnboundedSender<&'static str>);

#[derive(Clone, Copy)]
enum Kind {
    Panics,
    NeverEnds,
    TakesSeconds,
}

/// Says so when it is dropped.
struct Dropped(UnboundedSender<&'static str>);

impl Drop for Dropped {
    fn drop(&mut self) {
        let _ = self.0.send("dropped");
    }
}

impl Backend for Odd {
    async fn act(&self, _: &'static Spec, _: Args, _: Option<Incoming>) -> Result<Done> {
        let _dropped = Dropped(self.1.clone());
        let _ = self.1.send("begun");
        match self.0 {
            Kind::Panics => panic!("secret detail"),
            Kind::NeverEnds => pending().await,
            Kind::TakesSeconds => {
                let _ = tokio::time::timeout(Duration::from_millis(1200), pending::<()>()).await;
                Err(Error::internal("enough"))
            }
        }
    }

    async fn run_pending_jobs(&self) -> Result<()> {
        Ok(())
    }
}

impl Remote for Server<StdioHost<Odd>> {
    fn lacks(&self, _: &McpCaller, _: &str) -> Option<&'static str> {
        None
    }
}

fn odd(kind: Kind, limit: Duration) -> (Server<StdioHost<Odd>>, UnboundedReceiver<&'static str>) {
    let (tell, told) = unbounded_channel();
    (Server::new(alone(Odd(kind, tell), Clock::manual(), limit)), told)
}

#[tokio::test]
async fn a_panic_is_answered_and_the_session_lives() {
    let (server, _told) = odd(Kind::Panics, Duration::from_secs(60));
    let mut assistant = Assistant::of(server, json!({})).await;
    for _ in 0..2 {
        let answer = assistant.call("g8_get_lists", json!({})).await;
        assert_eq!(answer["structuredContent"]["code"], "internal");
        assert!(!answer.to_string().contains("secret detail"));
    }
}

#[tokio::test]
async fn a_call_that_takes_too_long_is_answered_and_what_only_reads_is_given_up() {
    let (server, mut told) = odd(Kind::NeverEnds, Duration::from_millis(30));
    let mut assistant = Assistant::of(server, json!({})).await;
    let late = assistant.call("g8_get_lists", json!({})).await;
    assert_eq!((&late["isError"], &late["structuredContent"]["code"]), (&json!(true), &json!("timeout")));
    assert_eq!((told.recv().await, told.recv().await), (Some("begun"), Some("dropped")));
    let late = assistant.call("g8_create_list", json!({ "title": "x" })).await;
    assert_eq!(late["structuredContent"]["code"], "timeout");
    // A write goes on.
    assert_eq!(told.recv().await, Some("begun"));
    assert!(told.try_recv().is_err());
}

#[tokio::test]
async fn a_cancelled_call_that_only_reads_ends_and_a_write_goes_on() {
    let (server, mut told) = odd(Kind::NeverEnds, Duration::from_secs(60));
    let mut assistant = Assistant::of(server, json!({})).await;
    for (tool, arguments, goes_on) in
        [("g8_get_lists", json!({}), false), ("g8_create_list", json!({ "title": "x" }), true)]
    {
        let id = assistant.begin("tools/call", json!({ "name": tool, "arguments": arguments })).await;
        assert_eq!(told.recv().await, Some("begun"));
        let params = json!({ "requestId": id, "reason": "changed my mind" });
        assistant
            .write(json!({ "jsonrpc": "2.0", "method": "notifications/cancelled", "params": params }))
            .await;
        // The next answer is no longer that one's.
        assert!(assistant.ask("prompts/list", json!({})).await["result"].is_object());
        if goes_on {
            assert!(told.try_recv().is_err());
        } else {
            assert_eq!(told.recv().await, Some("dropped"));
        }
    }
}

#[tokio::test]
async fn a_long_call_says_that_it_goes_on_if_it_is_asked_to() {
    let (server, _told) = odd(Kind::TakesSeconds, Duration::from_secs(60));
    let mut assistant = Assistant::of(server, json!({})).await;
    let params = json!({ "name": "g8_get_lists", "arguments": {}, "_meta": { "progressToken": "p1" } });
    let id = assistant.begin("tools/call", params).await;
    for message in ["working", "done"] {
        let said = assistant.hear().await;
        assert_eq!(said["method"], "notifications/progress");
        assert_eq!(
            (&said["params"]["progressToken"], &said["params"]["message"]),
            (&json!("p1"), &json!(message))
        );
    }
    assert_eq!(assistant.hear().await["id"], id);
}

on_both! {
    async fn whoever_closes_the_stream_cancels_the_call(test) {
        let (server, mut told) = odd(Kind::NeverEnds, Duration::from_secs(60));
        let web = Web::with(test_app(test).await, server, Bounds::default());
        let key = web.kit.key.clone();
        let waiting = tokio::spawn(async move {
            web.send(&key, modern("tools/call", json!({ "name": "g8_get_lists", "arguments": {} }))).await
        });
        assert_eq!(told.recv().await, Some("begun"));
        waiting.abort();
        assert_eq!(told.recv().await, Some("dropped"));
    }
}

//! Tools, as an assistant sees them.

use super::{Catalogue, Server, ToolMode};
use g8_domain::{Error, Result, Scopes};
use g8_service::{Args, Backend, Embedded, Incoming, Operation, Outgoing, testing::Kit};
use g8_storage::on_both;
use rmcp::ServiceExt;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, DuplexStream, ReadHalf, WriteHalf};

/// One assistant at the other end of the pipe.
struct Assistant {
    lines: tokio::io::Lines<BufReader<ReadHalf<DuplexStream>>>,
    pipe: WriteHalf<DuplexStream>,
    next: i64,
}

impl Assistant {
    async fn meet<B: Backend>(server: Server<B>) -> Self {
        let (ours, theirs) = tokio::io::duplex(1 << 20);
        let (read, write) = tokio::io::split(theirs);
        tokio::spawn(async move { server.serve((read, write)).await.unwrap().waiting().await });
        let (read, pipe) = tokio::io::split(ours);
        let mut assistant = Self { lines: BufReader::new(read).lines(), pipe, next: 0 };
        let hello = json!({ "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": { "name": "t", "version": "1" } });
        assistant.ask("initialize", hello).await;
        assistant.write(json!({ "jsonrpc": "2.0", "method": "notifications/initialized" })).await;
        assistant
    }

    async fn write(&mut self, message: Value) {
        self.pipe.write_all(format!("{message}\n").as_bytes()).await.unwrap();
    }

    async fn ask(&mut self, method: &str, params: Value) -> Value {
        self.next += 1;
        let id = self.next;
        self.write(json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params })).await;
        serde_json::from_str(&self.lines.next_line().await.unwrap().unwrap()).unwrap()
    }

    async fn call(&mut self, tool: &str, arguments: Value) -> Value {
        self.ask("tools/call", json!({ "name": tool, "arguments": arguments })).await["result"].clone()
    }
}

fn everything() -> Scopes {
    Scopes::stored(vec!["*".into()])
}

on_both! {
    async fn an_assistant_creates_finds_and_is_told_what_to_do(test) {
        let kit = Kit::new(test).await;
        let server = Server::new(Catalogue::new(ToolMode::All, &everything()), kit.as_key(&kit.key));
        let mut assistant = Assistant::meet(server).await;
        let made = assistant.call("g8_create_contact", json!({ "work_email": "ann@x.com", "first_name": "Ann" })).await;
        assert_eq!(made["structuredContent"]["id"], 1);
        let found = assistant.call("g8_search_contacts", json!({ "name": "an", "limit": "5" })).await;
        assert_eq!(found["structuredContent"]["data"][0]["work_email"], "ann@x.com");
        assert_eq!(assistant.call("g8_get_contact_detail", json!({ "contact_id": "1" })).await["structuredContent"]["id"], 1);
        for (tool, arguments, told) in [
            ("g8_search_contacts", json!({ "nam": "x", "limit": 0 }), "2 problems"),
            ("g8_get_contact", json!({ "contact_id": 99 }), "Search for the right id first"),
            ("g8_create_contact", json!({ "work_email": "ann@x.com" }), "\"contact_id\":1"),
        ] {
            let refused = assistant.call(tool, arguments).await;
            assert_eq!(refused["isError"], true, "{refused}");
            assert!(refused["content"][0]["text"].as_str().unwrap().contains(told), "{refused}");
        }
    }
}

#[test]
fn a_key_sees_the_tools_it_may_use() {
    let names = |scopes: &[&str]| {
        let catalogue = Catalogue::<Embedded>::new(ToolMode::Gtm, &Scopes::parse(scopes).unwrap());
        catalogue.tools().iter().map(|tool| tool.name.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(names(&[]), ["g8_whoami", "g8_usage"]);
    let reader = names(&["contacts:read"]);
    assert!(
        reader.contains(&"g8_search_contacts".to_owned())
            && !reader.contains(&"g8_create_contact".to_owned())
    );
}

#[test]
fn the_tools_are_a_visible_diff() {
    let tools = Catalogue::<Embedded>::new(ToolMode::All, &everything()).tools();
    for tool in &tools {
        let tool = serde_json::to_value(tool).unwrap();
        assert_eq!(tool["inputSchema"]["type"], "object", "{}", tool["name"]);
        assert_eq!(tool["outputSchema"]["type"], "object", "{}", tool["name"]);
        assert!(
            tool["annotations"]["readOnlyHint"].is_boolean()
                && tool["annotations"]["destructiveHint"].is_boolean()
        );
    }
    insta::assert_json_snapshot!("tools", tools);
}

/// A backend with a fault of ours in it.
struct Broken;

impl Backend for Broken {
    async fn call<O: Operation>(&self, _: Args) -> Result<O::Output> {
        panic!("secret detail")
    }

    async fn send_file<O: Operation>(&self, _: Args, _: Incoming) -> Result<O::Output> {
        Err(Error::internal("no file is sent by a tool"))
    }

    async fn fetch_file<O: Operation>(&self, _: Args) -> Result<Outgoing> {
        Err(Error::internal("no file is fetched by a tool"))
    }

    async fn settle(&self) -> Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_panic_is_answered_and_the_session_lives() {
    let mut assistant =
        Assistant::meet(Server::new(Catalogue::new(ToolMode::All, &everything()), Broken)).await;
    for _ in 0..2 {
        let answer = assistant.call("g8_get_lists", json!({})).await;
        assert_eq!(answer["isError"], true);
        assert!(!answer.to_string().contains("secret detail"));
    }
}

//! An assistant at the other end of a pipe, which is what standard input and output are.

use crate::mcp::{Catalogue, Server, StdioHost, ToolMode, View};
use g8_core::{Backend, Clock, Entropy};
use g8_domain::Scopes;
use rmcp::ServiceExt;
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, DuplexStream, Lines, ReadHalf, WriteHalf};

/// One assistant.
pub struct Assistant {
    lines: Lines<BufReader<ReadHalf<DuplexStream>>>,
    pipe: WriteHalf<DuplexStream>,
    next: i64,
}

pub fn everything() -> Scopes {
    Scopes::stored(vec!["*".into()])
}

/// A host with everything in it, whose calls may take so long.
pub fn alone<B: Backend>(backend: B, clock: Clock, limit: Duration) -> StdioHost<B> {
    let view = View::new(
        Arc::new(Catalogue::new(g8_core::Registry::new(g8_product::AREAS).operations(), ToolMode::All)),
        everything(),
        false,
    );
    StdioHost::new(view, backend, (clock, Entropy::seeded(1)), limit)
}

impl Assistant {
    /// One that can be asked nothing.
    pub async fn meet<B: Backend>(backend: B) -> Self {
        let server = Server::new(alone(backend, Clock::manual(), Duration::from_secs(60)));
        Self::of(server, json!({})).await
    }

    /// One that can do this.
    pub async fn of<B: Backend>(server: Server<StdioHost<B>>, capabilities: Value) -> Self {
        let (ours, theirs) = tokio::io::duplex(1 << 20);
        let (read, write) = tokio::io::split(theirs);
        tokio::spawn(async move { server.serve((read, write)).await.unwrap().waiting().await });
        let (read, pipe) = tokio::io::split(ours);
        let mut assistant = Self { lines: BufReader::new(read).lines(), pipe, next: 0 };
        let hello = json!({
            "protocolVersion": "2025-11-25",
            "capabilities": capabilities,
            "clientInfo": { "name": "t", "version": "1" },
        });
        assistant.ask("initialize", hello).await;
        assistant.write(json!({ "jsonrpc": "2.0", "method": "notifications/initialized" })).await;
        assistant
    }

    pub async fn write(&mut self, message: Value) {
        self.pipe.write_all(format!("{message}\n").as_bytes()).await.unwrap();
    }

    /// The next message that comes.
    pub async fn hear(&mut self) -> Value {
        serde_json::from_str(&self.lines.next_line().await.unwrap().unwrap()).unwrap()
    }

    /// Sends a request without waiting; its id.
    pub async fn begin(&mut self, method: &str, params: Value) -> i64 {
        self.next += 1;
        let id = self.next;
        self.write(json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params })).await;
        id
    }

    pub async fn ask(&mut self, method: &str, params: Value) -> Value {
        self.begin(method, params).await;
        self.hear().await
    }

    pub async fn call(&mut self, tool: &str, arguments: Value) -> Value {
        self.ask("tools/call", json!({ "name": tool, "arguments": arguments })).await["result"].clone()
    }
}

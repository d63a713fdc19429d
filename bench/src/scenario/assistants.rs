//! A search for contacts by a name: as an assistant calls it at `/mcp`, against the same over REST.

use super::{READERS, Stage};
use crate::{
    Result,
    http::{Ask, json},
    load::Load,
    people::first,
    report::{Figure, Goal, Line},
};
use serde_json::json;

/// Rounds in which both take turns, so that a busy moment of the machine hits both.
const ROUNDS: usize = 2;
/// Rows of an answer.
const LIMIT: usize = 10;
const TOOL: &str = "g8_search_contacts";
const NEWEST: &str = "2026-07-28";

/// What the newest protocol wants beside the body.
const HEADERS: &[(&str, &str)] = &[
    ("accept", "application/json, text/event-stream"),
    ("mcp-protocol-version", NEWEST),
    ("mcp-method", "tools/call"),
    ("mcp-name", TOOL),
];

/// Both, and their ratio.
pub async fn run(stage: &Stage<'_>) -> Result<Vec<Line>> {
    // A refusal would be answered with 200, too.
    let answer = json(&stage.server.target(), call(0)).await?;
    if !answer["result"]["structuredContent"]["data"].is_array() {
        return Err(format!("{TOOL} answers {answer}").into());
    }
    let (mut ours, mut rest) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(stage.read(READERS, call).await?);
        rest.push(stage.read(READERS, search).await?);
    }
    let line = stage.rate("remote MCP, search of contacts", Load::mean(&ours));
    let rest = Figure::rate(Load::mean(&rest));
    Ok(vec![line.against("the same over REST", rest).goal(Goal::RatioAtLeast(0.6))])
}

fn search(n: u64) -> Ask {
    Ask::get(format!("/api/v1/contacts?name={}&limit={LIMIT}", first(n)))
}

fn call(n: u64) -> Ask {
    let meta = json!({
        "io.modelcontextprotocol/protocolVersion": NEWEST,
        "io.modelcontextprotocol/clientCapabilities": {},
    });
    let arguments = json!({ "name": first(n), "limit": LIMIT });
    let params = json!({ "name": TOOL, "arguments": arguments, "_meta": meta });
    let message = json!({ "jsonrpc": "2.0", "id": n, "method": "tools/call", "params": params });
    Ask::post("/mcp", &message).with(HEADERS)
}

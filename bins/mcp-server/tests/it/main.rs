//! `g8-mcp-server` as an assistant starts it, on the embedded database.
#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

use g8_config::{Overrides, Settings};
use g8_core::admin;
use g8_product::open;
use serde_json::{Value, json};
use std::{
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
};
use tempfile::TempDir;

async fn installation() -> (TempDir, String) {
    let folder = TempDir::new().unwrap();
    let over = Overrides { data_dir: Some(folder.path().to_owned()), ..Overrides::default() };
    let app = open(&Settings::load(over, None).unwrap()).await.unwrap();
    let key = admin::first_start(&app).await.unwrap().unwrap().1.reveal().to_owned();
    app.db.close().await;
    (folder, key)
}

fn server(folder: &TempDir, key: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_g8-mcp-server"));
    command.env_clear().env("HOME", folder.path()).env("G8_DATA_DIR", folder.path());
    command.env("G8_API_KEY", key).env("G8_MCP_MODE", "gtm");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

#[tokio::test]
async fn a_session_over_pipes_ends_with_its_input() {
    let (folder, key) = installation().await;
    let mut child = server(&folder, &key).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut ask = |message: Value| writeln!(input, "{message}").unwrap();
    let hello = json!({ "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": { "name": "t", "version": "1" } });
    ask(json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello }));
    ask(json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }));
    let call = json!({ "name": "g8_create_list", "arguments": { "title": "People" } });
    ask(json!({ "jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": call }));
    let mut answer = || serde_json::from_str::<Value>(&lines.next().unwrap().unwrap()).unwrap();
    assert_eq!(answer()["result"]["serverInfo"]["name"], "graph8");
    assert_eq!(answer()["result"]["structuredContent"]["title"], "People");
    drop(input);
    assert!(child.wait().unwrap().success());
}

#[tokio::test]
async fn a_wrong_key_ends_it_with_a_sentence_and_no_protocol() {
    let (folder, _) = installation().await;
    let output = server(&folder, "g8_live_wrong").output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    assert!(String::from_utf8_lossy(&output.stderr).contains("This API key is not valid"));
}

//! MCP's conformance suite asks the real authorization server, and a person agrees.

use super::{Way, assistant::agree};
use crate::Result;
use serde_json::{Value, json};
use std::{process::Stdio, time::Duration};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    net::TcpListener,
    process::Command,
    time::timeout,
};

pub async fn walk(way: &Way<'_>) -> Result<String> {
    let browser = way.driver.browser().await?;
    let tab = browser.tab(&way.server.url);
    way.set_up(tab).await?;
    let port = free_port().await?;
    let program = register(way, port).await?;
    let resource = format!("{}/mcp", way.server.url);
    let mut suite = Command::new(&way.args.node)
        .arg(&way.args.suite)
        .args(["authorization", "--url", &way.server.url, "--client-id", &program, "--resource", &resource])
        .args(["-p", &port.to_string()])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    let mut lines = BufReader::new(suite.stdout.take().ok_or("no output")?).lines();
    let mut said = Vec::new();
    while let Some(line) = timeout(Duration::from_secs(120), lines.next_line()).await?? {
        if let Some(at) = line.find(&format!("{}/oauth/authorize?", way.server.url)) {
            let address = line[at..].split_whitespace().next().unwrap_or_default();
            agree(way, tab, address, "The suite").await?;
        }
        said.push(line);
    }
    let done = suite.wait().await?;
    browser.close().await?;
    let passed = said.iter().rfind(|line| line.starts_with("Total:")).cloned().unwrap_or_default();
    if done.success() && !said.iter().any(|line| line.contains('✗')) {
        return Ok(format!(" ({passed})"));
    }
    Err(format!("the suite is not content:\n{}", said.join("\n")).into())
}

async fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0").await?.local_addr()?.port())
}

async fn register(way: &Way<'_>, port: u16) -> Result<String> {
    let body = json!({
        "client_name": "The suite",
        "redirect_uris": [format!("http://127.0.0.1:{port}/callback")],
        "token_endpoint_auth_method": "none",
    });
    let url = format!("{}/oauth/register", way.server.url);
    let answer: Value = way.server.client.post(url).json(&body).send().await?.json().await?;
    answer["client_id"].as_str().map(str::to_owned).ok_or_else(|| format!("no client: {answer}").into())
}

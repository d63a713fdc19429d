//! An assistant comes with nothing but a URL; a person lets it in, sees it, and ends it.

use super::Way;
use crate::{Result, axe, tab::Tab};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::{process::Stdio, time::Duration};
use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{ChildStdout, Command},
    time::timeout,
};

pub async fn walk(way: &Way<'_>) -> Result<String> {
    way.server.fill().await?;
    let browser = way.driver.browser().await?;
    let tab = browser.tab(&way.server.url);
    way.set_up(tab).await?;
    let url = format!("{}/mcp/", way.server.url);
    let mut assistant = Command::new(&way.args.python)
        .args(["browser/clients/assistant.py", &url])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    let mut says = BufReader::new(assistant.stdout.take().ok_or("no output")?).lines();
    let address = line(&mut says).await?;
    agree(way, tab, &address, "A Python assistant").await?;
    let told: Value = serde_json::from_str(&line(&mut says).await?)?;
    check(&told)?;
    refusals(way, &told).await?;
    tab.go("/profile/developer").await?;
    tab.sees("A Python assistant").await?;
    end(tab).await?;
    let gone = tools(way, told["token"].as_str().unwrap_or_default()).await?;
    expect("a revoked assistant", gone, StatusCode::UNAUTHORIZED)?;
    browser.close().await?;
    Ok(String::new())
}

async fn line(says: &mut Lines<BufReader<ChildStdout>>) -> Result<String> {
    let line = timeout(Duration::from_secs(60), says.next_line())
        .await
        .map_err(|_| "the assistant says nothing")??;
    line.ok_or_else(|| "the assistant ended early".into())
}

/// The consent page: it says who asks and for what, and one press agrees.
pub async fn agree(way: &Way<'_>, tab: Tab<'_>, address: &str, name: &str) -> Result {
    tab.go(address).await?;
    tab.sees(name).await?;
    tab.sees("127.0.0.1").await?;
    let faults = axe::faults(tab, &way.axe).await?;
    if !faults.is_empty() {
        return Err(faults.join("\n").into());
    }
    tab.look_as(1280, 900, false).await?;
    tab.picture(&way.args.images.join("consent.png")).await?;
    tab.press("Allow").await?;
    tab.leaves("/oauth/authorize").await
}

fn check(told: &Value) -> Result {
    let knows = told["tools"].as_array().is_some_and(|tools| tools.contains(&json!("g8_search_contacts")));
    let found = told["found"]["data"].as_array().is_some_and(|found| found.len() == 5);
    if knows && found && told["refreshed"] == true && told["found"] == told["again"] {
        return Ok(());
    }
    Err(format!("the assistant got something else: {}", told["found"]).into())
}

/// What must not work, from outside.
async fn refusals(way: &Way<'_>, told: &Value) -> Result {
    let text = |name: &str| told[name].as_str().unwrap_or_default();
    expect("its token at the tools", tools(way, text("token")).await?, StatusCode::OK)?;
    let (at_rest, _) = way.server.ask(text("token"), Method::GET, "/contacts", None).await?;
    expect("its token at the interface", at_rest, StatusCode::UNAUTHORIZED)?;
    expect("its refresh token at the tools", tools(way, text("refresh")).await?, StatusCode::UNAUTHORIZED)?;
    let asked = [
        ("grant_type", "refresh_token"),
        ("refresh_token", text("refresh")),
        ("client_id", text("client_id")),
        ("resource", "https://elsewhere.example/mcp"),
    ];
    let foreign = way
        .server
        .client
        .post(format!("{}/oauth/token", way.server.url))
        .body(form(&asked))
        .header("content-type", "application/x-www-form-urlencoded")
        .send()
        .await?;
    expect("a refresh for another server", foreign.status(), StatusCode::BAD_REQUEST)
}

fn form(fields: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// Whether the tools let somebody in.
async fn tools(way: &Way<'_>, token: &str) -> Result<StatusCode> {
    let meta = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": {},
        "io.modelcontextprotocol/clientInfo": { "name": "walk", "version": "1" },
    });
    let body = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": { "_meta": meta } });
    let asked = way.server.client.post(format!("{}/mcp/", way.server.url)).bearer_auth(token);
    let asked = asked
        .header("accept", "application/json, text/event-stream")
        .header("mcp-protocol-version", "2026-07-28")
        .header("mcp-method", "tools/list");
    Ok(asked.json(&body).send().await?.status())
}

fn expect(what: &str, said: StatusCode, expected: StatusCode) -> Result {
    if said == expected { Ok(()) } else { Err(format!("{what} gives {said} in place of {expected}").into()) }
}

async fn end(tab: Tab<'_>) -> Result {
    tab.press("Disconnect A Python assistant").await?;
    tab.driver.find(thirtyfour::By::Css("details[open] button.bad")).await?.click().await?;
    tab.sees("None yet. Connect one").await
}

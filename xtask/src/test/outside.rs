//! Clients and testers that others wrote, against the real server on both engines.

pub mod assistants;
mod mail;

use crate::{
    Result,
    postgres::Postgres,
    python::{PUBLISHED_CLIENT, USUAL, environment},
    run::{command, must, output, root},
};
use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};
use tempfile::TempDir;

/// Pinned: a newer release may test more, and that is a decision.
const PACKAGES: &[&str] = &["schemathesis==4.32.5", "aiosmtpd==1.4.6", PUBLISHED_CLIENT];
/// A broken promise of the document, or a fault of the server, fails the run.
const CHECKS: &str =
    "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance";
/// These end keys, the tester's own among them: they are tried last, with a key of their own.
const KEY_ENDERS: [&str; 2] = ["key.revoke", "key.rotate"];
/// Its answer goes on for ten minutes: a tester who waits for its end gives up.
const ENDLESS: &str = "event.follow";

/// Runs them all.
pub fn check(postgres: &Postgres) -> Result {
    let programs = environment("test", USUAL.as_ref(), PACKAGES)?;
    mail::check(&programs)?;
    assistants::conformance()?;
    for database in [None, Some(format!("{}/postgres", postgres.url()))] {
        let server = Server::start(database, "")?;
        published_client(&programs, &server)?;
        assistants::inspector(&server)?;
        schemathesis(&programs, &server)?;
    }
    Ok(())
}

/// Those for MCP, on an embedded database.
pub fn assistants() -> Result {
    assistants::conformance()?;
    assistants::inspector(&Server::start(None, "")?)
}

/// The real server on a port of its own; ended when dropped.
struct Server {
    child: Child,
    home: TempDir,
    url: String,
    database: Option<String>,
}

impl Server {
    /// Starts it with this configuration file.
    fn start(database: Option<String>, config: &str) -> Result<Self> {
        let home = TempDir::with_prefix("g8-home-").map_err(|cause| cause.to_string())?;
        let folder = home.path().join(".g8");
        fs::create_dir_all(&folder).map_err(|cause| cause.to_string())?;
        fs::write(folder.join("g8.toml"), config).map_err(|cause| cause.to_string())?;
        let mut start = program(home.path(), database.as_deref());
        start
            .args(["--bind", "127.0.0.1:0", "--log-format", "json"])
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let mut child = start.spawn().map_err(|cause| format!("g8-server: {cause}"))?;
        let mut lines = BufReader::new(child.stderr.take().ok_or("no standard error")?).lines();
        let ready = lines.next().and_then(std::result::Result::ok).unwrap_or_default();
        let url = ready.split("\"public_url\":\"").nth(1).and_then(|rest| rest.split('"').next());
        let url = url.ok_or_else(|| format!("g8-server did not start: {ready}"))?.to_owned();
        // Whoever writes to a pipe must be read.
        std::thread::spawn(move || lines.for_each(drop));
        // Testers ask for more than a plan allows.
        must(program(home.path(), database.as_deref()).args(["org", "plan", "My workspace", "unlimited"]))?;
        Ok(Self { child, home, url, database })
    }

    /// A new key to everything.
    fn key(&self) -> Result<String> {
        let words = ["key", "create", "--name", "outside", "--scopes", "full_access", "--json"];
        let made = output(program(self.home.path(), self.database.as_deref()).args(words))?;
        let made: serde_json::Value = serde_json::from_str(&made).map_err(|cause| cause.to_string())?;
        made["token"].as_str().map(str::to_owned).ok_or_else(|| "no key was made".to_owned())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn program(home: &Path, database: Option<&str>) -> Command {
    let mut command = command(root().join("target/debug/g8-server"), &[]);
    command.env("HOME", home);
    if let Some(url) = database {
        command.env("DATABASE_URL", url);
    }
    command
}

/// The published `g8` works unchanged.
fn published_client(programs: &Path, server: &Server) -> Result {
    let key = server.key()?;
    let says = |line: &str| {
        let words: Vec<&str> = line.split(' ').collect();
        let mut client = command(programs.join("g8"), &words);
        output(client.env("HOME", server.home.path()).env("G8_API_URL", &server.url).env("G8_API_KEY", &key))
    };
    for (line, expected) in [
        (
            "create-contact --email ann@example.com --first-name Ann --company-domain example.com",
            "\"contact_id\": ",
        ),
        ("search-contacts --email ann@example.com --limit 5", "\"first_name\": \"Ann\""),
        ("search-companies --domain example.com", "\"domain\": \"example.com\""),
        ("create-list --title People --type contacts", "\"total\": 0"),
        ("add-to-list --list-id 1 --contact-ids 1", "\"added\": 1"),
        ("search-contacts --list-id 1", "ann@example.com"),
    ] {
        let said = says(line)?;
        if !said.contains(expected) {
            return Err(format!("the published g8 {line} says {said}, without {expected}"));
        }
    }
    Ok(())
}

/// No fault of the server and nothing undocumented, over all routes.
fn schemathesis(programs: &Path, server: &Server) -> Result {
    let only =
        |flag: &str| KEY_ENDERS.iter().flat_map(|id| [flag.to_owned(), (*id).to_owned()]).collect::<Vec<_>>();
    let mut most = only("--exclude-operation-id");
    most.extend(["--exclude-operation-id".to_owned(), ENDLESS.to_owned()]);
    for (operations, phases) in
        [(most, "coverage,fuzzing,stateful"), (only("--include-operation-id"), "coverage,fuzzing")]
    {
        let document = format!("{}/api/v1/openapi.json", server.url);
        let header = format!("Authorization: Bearer {}", server.key()?);
        let mut run =
            command(programs.join("schemathesis"), &["run", &document, "-H", &header, "--checks", CHECKS]);
        run.args([
            "-n",
            "15",
            "--seed",
            "7",
            "--workers",
            "1",
            "--phases",
            phases,
            "--warnings",
            "off",
            "--no-color",
        ]);
        run.args(operations).env("HOME", server.home.path()).current_dir(server.home.path());
        let said = output(&mut run).or_else(|_| {
            must(&mut run)
                .map_err(|_| "schemathesis found faults; see above".to_owned())
                .map(|()| String::new())
        })?;
        let count =
            said.lines().skip_while(|line| !line.starts_with("Test cases")).nth(1).unwrap_or_default();
        println!("schemathesis: {}", count.trim());
    }
    Ok(())
}

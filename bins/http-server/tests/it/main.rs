//! `g8-server` as a newcomer starts it.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test whose set-up fails has failed")]

mod backup;
mod crash;
mod crowd;
mod doctor;
mod full;
mod hardening;
mod tls;
mod two;

use g8_client::Client;
use g8_core::Backend;
use g8_identity::me::{Input, ShowMe};
use std::{
    fs,
    io::{BufRead, BufReader, Read},
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Child, ChildStdout, Command, Output, Stdio},
};
use tempfile::TempDir;

fn server(home: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_g8-server"));
    // A line a request would fill the pipe that nobody reads.
    command.env_clear().env("G8_LOG", "warn,g8_server=info");
    command.args(words).env("HOME", home).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// A server on a port of its own; told to stop when dropped.
struct Running {
    child: Child,
    url: String,
    key: Option<String>,
    /// Where its numbers are.
    metrics: Option<String>,
    /// Its log before it listened.
    beginning: String,
}

impl Running {
    /// Starts it and reads what it says until it listens.
    fn start(home: &Path) -> Self {
        Self::start_with(home, "")
    }

    /// Starts it with this configuration file.
    fn start_with(home: &Path, config: &str) -> Self {
        Self::start_at(home, config, "127.0.0.1:0")
    }

    /// Starts it with this configuration file on this address.
    fn start_at(home: &Path, config: &str, bind: &str) -> Self {
        let file = home.join("test.toml");
        fs::write(&file, config).unwrap();
        let mut command = server(home, &["--bind", bind, "--log-format", "json", "--config"]);
        command.arg(file);
        Self::of(command, home)
    }

    /// Starts it by this command.
    fn of(mut command: Command, home: &Path) -> Self {
        let mut child = command.spawn().unwrap();
        let mut ready = String::new();
        let (mut metrics, mut beginning) = (None, String::new());
        let mut log = BufReader::new(child.stderr.as_mut().unwrap());
        while !ready.contains("g8-server is ready") {
            ready.clear();
            assert!(log.read_line(&mut ready).unwrap() > 0, "it ended before it was ready");
            beginning += &ready;
            if ready.contains("serving metrics") {
                metrics = ready
                    .split("\"address\":\"")
                    .nth(1)
                    .and_then(|rest| rest.split('"').next())
                    .map(str::to_owned);
            }
        }
        let url = ready.split("\"public_url\":\"").nth(1).unwrap_or_else(|| panic!("{ready}"));
        let url = url.split('"').next().unwrap().to_owned();
        let key = first_key(child.stdout.take().unwrap(), home.join("greeted").exists());
        fs::write(home.join("greeted"), "").unwrap();
        Self { child, url, key, metrics, beginning }
    }

    /// Reads its log until a line has these words; the line.
    fn hears(&mut self, words: &str) -> String {
        let log = self.child.stderr.as_mut().unwrap();
        let mut line = Vec::new();
        loop {
            let mut byte = [0];
            assert_eq!(log.read(&mut byte).unwrap(), 1, "it ended and never said {words}");
            line.push(byte[0]);
            if byte != *b"\n" {
                continue;
            }
            let said = String::from_utf8(std::mem::take(&mut line)).unwrap();
            if said.contains(words) {
                return said;
            }
        }
    }

    /// SIGTERM, as a service manager sends it; the exit code.
    fn stop(&mut self) -> Option<i32> {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        self.child.wait().unwrap().code()
    }
}

/// The key of a first start; later starts say nothing at all.
fn first_key(out: ChildStdout, greeted: bool) -> Option<String> {
    if greeted {
        return None;
    }
    let lines = BufReader::new(out).lines().map(Result::unwrap);
    lines.into_iter().find_map(|line| Some(line.trim().strip_prefix("API key")?.trim().to_owned()))
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn one_line(output: &Output) -> String {
    assert!(!output.status.success());
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    let last = said.lines().last().unwrap_or_default().to_owned();
    assert!(last.starts_with("g8-server: "), "{said}");
    last
}

#[tokio::test]
async fn the_first_start_prints_a_key_that_works_and_later_ones_print_nothing() {
    let home = TempDir::new().unwrap();
    let mut first = Running::start(home.path());
    let key = first.key.clone().unwrap();
    let me = Client::new(&first.url, Some(&key)).unwrap().run::<ShowMe>(Input {}).await.unwrap();
    assert_eq!(me.scopes, ["*"]);
    let secret = home.path().join(".g8/data/secret.key");
    assert_eq!(fs::metadata(secret).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(first.stop(), Some(0));

    let mut second = Running::start(home.path());
    let me = Client::new(&second.url, Some(&key)).unwrap().run::<ShowMe>(Input {}).await.unwrap();
    assert_eq!(me.name, "First key");
    assert_eq!(second.stop(), Some(0));
    let mut log = String::new();
    second.child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
    assert!(!log.contains(&key), "the log shows a key");
}

#[test]
fn what_stands_in_the_way_is_said_in_one_line() {
    let home = TempDir::new().unwrap();
    let running = Running::start(home.path());
    let twice = server(home.path(), &["--bind", "127.0.0.1:0"]).output().unwrap();
    assert!(one_line(&twice).contains("another g8-server is running"));

    let other = TempDir::new().unwrap();
    let port = running.url.strip_prefix("http://").unwrap();
    let taken = server(other.path(), &["--bind", port]).output().unwrap();
    assert!(one_line(&taken).contains("name another by --bind"));

    let file = other.path().join("file");
    fs::write(&file, "").unwrap();
    let unusable =
        server(other.path(), &["--data-dir", &file.join("data").display().to_string()]).output().unwrap();
    assert!(one_line(&unusable).contains("--data-dir"));

    let typo = other.path().join("g8.toml");
    fs::write(&typo, "bnid = 1").unwrap();
    let misread = server(other.path(), &["--config", &typo.display().to_string()]).output().unwrap();
    assert!(one_line(&misread).contains("bnid"));

    let url = server(other.path(), &["--database-url", "mysql://x"]).output().unwrap();
    assert!(one_line(&url).contains("must begin with sqlite: or postgres:"));
}

#[test]
fn an_installation_is_administered_at_the_machine() {
    let home = TempDir::new().unwrap();
    let says = |words: &[&str]| {
        let output = server(home.path(), words).output().unwrap();
        assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    says(&["migrate"]);
    says(&["org", "create", "Acme"]);
    assert!(says(&["org", "list"]).contains("Acme"));
    says(&["user", "create", "--email", "ann@example.com", "--name", "Ann", "--role", "admin"]);
    assert!(says(&["user", "list", "--json"]).contains("ann@example.com"));
    let made = says(&[
        "key",
        "create",
        "--name",
        "CRM",
        "--scopes",
        "contacts,lists:read",
        "--expires-in-days",
        "9",
        "--json",
    ]);
    let id = made.split("\"id\": \"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let token = made.split("\"token\": \"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert!(token.starts_with("g8_live_") && made.contains("contacts:write"));
    let listed = says(&["key", "list", "--org", "Acme", "--json"]);
    assert!(listed.contains(&id) && !listed.contains(&token));
    says(&["key", "revoke", &id]);
    assert!(!says(&["key", "list"]).contains(&id));
    let unknown =
        server(home.path(), &["key", "create", "--name", "x", "--scopes", "contacts:fly"]).output().unwrap();
    assert!(one_line(&unknown).contains("contacts:fly"));
    assert!(says(&["config"]).contains("database_url"));
}

//! The real server on a port of its own, and its interface.

use crate::Result;
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};
use std::{path::Path, process::Stdio, time::Duration};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    time::timeout,
};

/// The server; it ends when this is dropped.
pub struct Server {
    _child: Child,
    _home: TempDir,
    pub url: String,
    /// A key to everything.
    pub key: String,
    /// The link that makes the owner.
    pub setup: String,
    pub client: Client,
}

impl Server {
    /// Starts it in a folder of its own, as a newcomer does.
    pub async fn start(program: &Path) -> Result<Self> {
        let home = TempDir::with_prefix("g8-browser-")?;
        let config = home.path().join("g8.toml");
        // Receivers of webhooks, and assistants' documents, are on this machine.
        std::fs::write(&config, "[webhooks]\nallow_hosts = [\"127.0.0.1\", \"localhost\"]\n")?;
        let mut child = Command::new(program)
            .args(["--bind", "127.0.0.1:0", "--config"])
            .arg(&config)
            .env("HOME", home.path())
            .env("G8_LOG", "warn")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let mut lines = BufReader::new(child.stdout.take().ok_or("no output")?).lines();
        let mut said = Vec::new();
        while said.iter().all(|line: &String| !line.contains("/setup#")) {
            let line = timeout(Duration::from_secs(60), lines.next_line()).await??;
            said.push(line.ok_or("the server ended before it showed the setup link")?);
        }
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        let find = |mark: &str| {
            said.iter().find_map(|line| line.split_once(mark).map(|(_, rest)| rest.trim().to_owned()))
        };
        let setup = said.last().map(|line| line.trim().to_owned()).unwrap_or_default();
        let url = find("Base URL").ok_or("no base URL")?.trim_end_matches("/api/v1").to_owned();
        let key = find("API key").ok_or("no key")?;
        let plan = Command::new(program)
            .args(["org", "plan", "My workspace", "unlimited", "--config"])
            .arg(&config)
            .env("HOME", home.path())
            .output()
            .await?;
        if !plan.status.success() {
            return Err(String::from_utf8_lossy(&plan.stderr).into_owned().into());
        }
        Ok(Self { _child: child, _home: home, url, key, setup, client: Client::new() })
    }

    /// A call of the interface with a key: the status, and the answer.
    pub async fn ask(
        &self,
        key: &str,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> Result<(StatusCode, Value)> {
        let mut request = self.client.request(method, format!("{}/api/v1{path}", self.url)).bearer_auth(key);
        if let Some(body) = body {
            request = request.json(&body);
        }
        let answer = request.send().await?;
        let status = answer.status();
        Ok((status, answer.json().await.unwrap_or(Value::Null)))
    }

    /// A call with the key to everything that must succeed; what it answers.
    pub async fn make(&self, path: &str, body: Value) -> Result<Value> {
        let (status, answer) = self.ask(&self.key, Method::POST, path, Some(body)).await?;
        if !status.is_success() {
            return Err(format!("POST {path} says {status}: {answer}").into());
        }
        Ok(answer["data"].clone())
    }

    /// A workspace with something in it, some of it meant to break pages.
    pub async fn fill(&self) -> Result {
        for (first, last, company) in [
            ("Ada", "Byron", "Engines"),
            ("Grace", "Murray", "Compilers"),
            ("<b>Bold</b>", "=1+1", "<script>alert(1)</script>"),
            ("Katherine", "Coleman", "Orbits"),
            ("Hedy", "Kiesler", "Radio"),
        ] {
            let domain = format!(
                "{}.example",
                company.to_lowercase().chars().filter(char::is_ascii_alphabetic).collect::<String>()
            );
            let email = format!(
                "{}@{domain}",
                first.to_lowercase().chars().filter(char::is_ascii_alphabetic).collect::<String>()
            );
            self.make("/contacts", json!({
                "work_email": email, "first_name": first, "last_name": last, "job_title": "Head of research",
                "company_name": company, "company_domain": domain, "city": "London",
            })).await?;
        }
        self.make("/lists", json!({ "title": "Spring campaign" })).await?;
        self.make("/lists/1/contacts", json!({ "contact_ids": [1, 2, 3] })).await?;
        self.make("/contacts/1/notes", json!({ "content": "Prefers letters. <i>Really.</i>" })).await?;
        for (name, amount) in
            [("Difference engine", 12_000), ("Compiler licences", 48_500), ("Orbit tables", 7_300)]
        {
            self.make("/deals", json!({ "name": name, "amount": amount, "contact_ids": [1] })).await?;
        }
        self.make("/contacts/1/tasks", json!({ "title": "Send the offer", "priority": 2 })).await?;
        self.make("/tasks", json!({ "title": "Prepare the quarter" })).await?;
        self.make("/contact-exclusions", json!({ "email": "nobody@example.com", "reason": "UNSUBSCRIBED" }))
            .await?;
        Ok(())
    }
}

//! An installation, its processes, its webhooks, and those who write to it.

use crate::{
    Result,
    http::{Ask, Connection},
    ledger::Ledger,
    process::{Process, Role, output},
    receiver::Receiver,
};
use hyper::StatusCode;
use serde_json::{Value, json};
use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Command,
    sync::{
        Mutex, OnceLock, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};
use tempfile::TempDir;

/// How long a claim on a job lasts here.
pub const LEASE_SECONDS: u64 = 2;

/// Failed answers that are shown.
const SHOWN: u64 = 3;

/// Receivers that are used as they are meant to be, and what each wants.
pub const HOOKS: [(&str, &[&str]); 3] = [
    ("well", &["*"]),
    ("unwell", &["contact.created", "contact.updated", "company.created"]),
    ("slow", &["contact.created", "company.created", "list.members_added"]),
];

/// Which processes share which database.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// SQLite, one server.
    Sqlite,
    /// PostgreSQL, a server that does not work, and two workers.
    Workers,
    /// PostgreSQL, two servers that work.
    Servers,
}

impl Kind {
    /// As it is shown.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite, one server",
            Self::Workers => "PostgreSQL, two workers",
            Self::Servers => "PostgreSQL, two servers",
        }
    }

    /// Its processes.
    pub fn roles(self) -> &'static [Role] {
        match self {
            Self::Sqlite => &[Role::Server],
            Self::Workers => &[Role::Door, Role::Worker, Role::Worker],
            Self::Servers => &[Role::Server, Role::Server],
        }
    }
}

/// A webhook that the checker knows.
#[derive(Debug, Clone)]
pub struct Hook {
    pub name: &'static str,
    pub id: String,
    pub secret: String,
    pub events: &'static [&'static str],
}

/// An installation.
pub struct World {
    pub kind: Kind,
    pub home: TempDir,
    pub receiver: Receiver,
    pub ledger: Ledger,
    furniture: OnceLock<(Vec<Hook>, Vec<i64>)>,
    /// Whether writers are to wait for a while.
    pub calm: AtomicBool,
    /// Whether writers are to end.
    pub over: AtomicBool,
    /// Requests that were sent again, for no answer or a failed one came.
    pub repeats: AtomicU64,
    pub unwell: AtomicU64,
    /// What went wrong while it ran.
    pub faults: Mutex<Vec<String>>,
    server: PathBuf,
    database_url: String,
    key: String,
    addresses: Mutex<Vec<Option<SocketAddr>>>,
    logs: AtomicU64,
}

impl World {
    /// Makes one; none of its processes runs.
    pub async fn new(
        kind: Kind,
        server: &Path,
        (database, keep): (Option<String>, bool),
        seed: u64,
    ) -> Result<Self> {
        let mut home = TempDir::with_prefix("g8-chaos-")?;
        home.disable_cleanup(keep);
        let database_url =
            database.unwrap_or_else(|| format!("sqlite://{}", home.path().join("g8.db").display()));
        let retry = "retry_seconds = [1, 1, 2, 2, 3, 3, 3, 3, 3, 3]";
        let config = format!("[webhooks]\n{retry}\nallow_hosts = [\"127.0.0.1\"]\n");
        fs::write(home.path().join("g8.toml"), config)?;
        let mut made = Self {
            receiver: Receiver::start(home.path().join("received.jsonl"), seed).await?,
            ledger: Ledger::new(&home.path().join("acknowledged.jsonl"))?,
            furniture: OnceLock::new(),
            calm: AtomicBool::default(),
            over: AtomicBool::default(),
            repeats: AtomicU64::default(),
            unwell: AtomicU64::default(),
            faults: Mutex::default(),
            server: server.to_owned(),
            key: String::new(),
            addresses: Mutex::new(vec![None; kind.roles().len()]),
            logs: AtomicU64::default(),
            kind,
            home,
            database_url,
        };
        made.key = made.unlimited_key()?;
        Ok(made)
    }

    fn unlimited_key(&self) -> Result<String> {
        let made: Value = serde_json::from_str(&self.admin(&["org", "create", "Chaos", "--json"])?)?;
        let org = made["id"].as_str().ok_or("no organization was made")?;
        self.admin(&["org", "plan", org, "unlimited"])?;
        let key = ["key", "create", "--name", "chaos", "--scopes", "full_access", "--json"];
        let made: Value = serde_json::from_str(&self.admin(&[&key[..], &["--plan", "unlimited"]].concat())?)?;
        Ok(made["token"].as_str().ok_or("no key was made")?.to_owned())
    }

    /// A program of the installation.
    fn program(&self, words: &[&str]) -> Command {
        let mut command = Command::new(&self.server);
        command.env_clear().env("HOME", self.home.path()).env("DATABASE_URL", &self.database_url);
        command.env("G8_CONFIG", self.home.path().join("g8.toml")).env("G8_LOG", "warn,g8_server=info");
        command.args(words);
        command
    }

    /// Runs a command of the server that ends by itself, for what it prints.
    pub fn admin(&self, words: &[&str]) -> Result<String> {
        output(&mut self.program(words))
    }

    /// Where claims are recorded.
    pub fn trace(&self) -> PathBuf {
        self.home.path().join("jobs.trace")
    }

    /// Starts a process, armed to die at a place or not; none when it died before it was ready.
    pub async fn start(&self, slot: usize, point: Option<&str>) -> Result<Result<Process, Process>> {
        let role = self.kind.roles()[slot];
        let mut command = self.program(role.words());
        command.args(["--log-format", "json"]);
        command.env("G8_LEASE_SECONDS", LEASE_SECONDS.to_string()).env("G8_TRACE_JOBS", self.trace());
        if let Some(point) = point {
            command.env("G8_FAILPOINT", point);
        }
        let number = self.logs.fetch_add(1, Ordering::Relaxed);
        let log = self.home.path().join(format!("{number:04}-{role:?}-{slot}.log"));
        let mut process = Process::begin(command, log)?;
        let ready = process.ready(role).await?;
        self.place(slot, process.address.filter(|_| ready));
        Ok(if ready { Ok(process) } else { Err(process) })
    }

    /// Notes where a process answers, or that it does not.
    pub fn place(&self, slot: usize, address: Option<SocketAddr>) {
        self.addresses.lock().unwrap_or_else(PoisonError::into_inner)[slot] = address;
    }

    /// Connects to one of the servers that answer; `any` chooses.
    pub async fn connect(&self, any: usize) -> Result<Connection> {
        let open: Vec<SocketAddr> = {
            let addresses = self.addresses.lock().unwrap_or_else(PoisonError::into_inner);
            addresses.iter().copied().flatten().collect()
        };
        let address = *open.get(any % open.len().max(1)).ok_or("no server answers")?;
        Connection::open(address, &self.key).await
    }

    /// One request that must succeed.
    pub async fn ask(&self, ask: Ask) -> Result<Value> {
        let (status, body) = self.connect(0).await?.ask(&ask).await?;
        if !status.is_success() {
            return Err(format!("{} {} answers {status}: {body}", ask.method, ask.path).into());
        }
        Ok(if body["pagination"].is_null() { body["data"].clone() } else { body })
    }

    /// Makes the webhooks, then lists of contacts: whatever happens is told.
    pub async fn furnish(&self) -> Result {
        let (mut hooks, mut lists) = (Vec::new(), Vec::new());
        for (name, events) in HOOKS {
            let made = self.hook(name, events).await?;
            let text = |field: &str| made[field].as_str().unwrap_or_default().to_owned();
            hooks.push(Hook { name, id: text("id"), secret: text("secret"), events });
        }
        for n in 0..4 {
            let made =
                self.ask(Ask::json("POST", "/lists", &json!({ "title": format!("List {n}") }))).await?;
            lists.push(made["id"].as_i64().ok_or("a list has no id")?);
        }
        self.furniture.set((hooks, lists)).map_err(|_| "a world is furnished once".into())
    }

    /// The webhooks that are to hear of everything they want.
    pub fn hooks(&self) -> &[Hook] {
        self.furniture.get().map_or(&[], |(hooks, _)| hooks)
    }

    /// Ids of lists of contacts.
    pub fn lists(&self) -> &[i64] {
        self.furniture.get().map_or(&[], |(_, lists)| lists)
    }

    /// Adds a webhook to a part of the receiver.
    pub async fn hook(&self, name: &str, events: &[&str]) -> Result<Value> {
        let url = format!("http://{}/{name}", self.receiver.address);
        self.ask(Ask::json("POST", "/webhooks", &json!({ "url": url, "events": events }))).await
    }

    /// Something went wrong that should not have.
    pub fn fault(&self, what: impl Into<String>) {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner).push(what.into());
    }

    /// Whether a request that was answered so is to be sent again. The first such answers are shown.
    pub fn is_unwell(&self, status: StatusCode, body: &Value) -> bool {
        let unwell = status.is_server_error();
        if unwell && self.unwell.fetch_add(1, Ordering::Relaxed) < SHOWN {
            eprintln!("{}: {status} {body}", self.kind.name());
        }
        unwell
    }
}

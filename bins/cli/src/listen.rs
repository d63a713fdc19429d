//! `g8 listen`: events as they happen, shown or sent on to a developer's machine, without a tunnel.

use crate::error::CliError;
use clap::{Arg, ArgMatches, Command};
use futures_util::StreamExt;
use g8_client::Connection;
use g8_connect::{Guard, Outbound};
use g8_core::{Args, Backend, Clock, Entropy};
use g8_domain::Error;
use g8_signals::event::{EventView, FollowEvents, Forwarder};
use serde_json::json;
use std::{
    collections::HashSet,
    io::{self, Write},
};
use url::Url;

/// Seconds the developer's program may take to answer.
const SECONDS: u64 = 30;
/// Events that are remembered, so that none is shown twice when the stream begins anew.
const REMEMBERED: usize = 10_000;

/// `listen`.
pub fn command() -> Command {
    let forward = Arg::new("forward-to").long("forward-to").value_name("URL");
    let events = Arg::new("events").long("events").value_name("A,B,…").value_delimiter(',');
    let since = Arg::new("since").long("since").value_name("TIME");
    Command::new("listen")
        .about("Show events as they happen, or send them on to a program on this machine")
        .arg(forward.help("Send each as a webhook would get it, as http://localhost:3000/hook"))
        .arg(events.help("Only these kinds of events"))
        .arg(since.help("From this moment on; from now on unless given"))
}

/// Listens until it is stopped.
pub async fn run(backend: &Connection, matches: &ArgMatches) -> Result<(), CliError> {
    let mut listener = Listener::new(matches)?;
    listener.greet()?;
    let mut args = Args::new();
    if let Some(names) = matches.get_many::<String>("events") {
        args.insert("events".to_owned(), json!(names.collect::<Vec<_>>()));
    }
    if let Some(since) = matches.get_one::<String>("since") {
        args.insert("since".to_owned(), json!(since));
    }
    loop {
        let mut stream = backend.fetch_file::<FollowEvents>(args.clone()).await?.chunks;
        let mut line = Vec::new();
        while let Some(chunk) = stream.next().await {
            // The stream is asked for anew from where it broke off.
            let Ok(chunk) = chunk else { break };
            for byte in chunk {
                if byte != b'\n' {
                    line.push(byte);
                } else if !line.is_empty() {
                    let event: EventView = serde_json::from_slice(&line).map_err(Error::internal)?;
                    line.clear();
                    args.insert("since".to_owned(), json!(event.timestamp));
                    listener.take(&event).await?;
                }
            }
        }
    }
}

struct Listener {
    forward: Option<(Url, Outbound, Forwarder)>,
    seen: HashSet<uuid::Uuid>,
}

impl Listener {
    fn new(matches: &ArgMatches) -> Result<Self, CliError> {
        let Some(url) = matches.get_one::<String>("forward-to") else {
            return Ok(Self { forward: None, seen: HashSet::new() });
        };
        let url = if url.contains("://") { url.clone() } else { format!("http://{url}") };
        let url =
            Url::parse(&url).map_err(|_| CliError::Usage(format!("--forward-to {url} is not a URL")))?;
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        // Whoever types it says where events go: this is the developer's own program.
        let outbound = Outbound::new(Guard::allowing(&[host]))?;
        let entropy = Entropy::system().map_err(CliError::Local)?;
        Ok(Self { forward: Some((url, outbound, Forwarder::new(&entropy))), seen: HashSet::new() })
    }

    fn greet(&self) -> io::Result<()> {
        match &self.forward {
            Some((url, _, forwarder)) => {
                writeln!(io::stderr(), "Sending events to {url}, signed with {}", forwarder.secret())
            }
            None => writeln!(io::stderr(), "Listening for events; Ctrl-C stops."),
        }
    }

    /// Shows an event, or what the developer's program says to it; once.
    async fn take(&mut self, event: &EventView) -> Result<(), CliError> {
        if self.seen.len() > REMEMBERED {
            self.seen.clear();
        }
        if !self.seen.insert(event.id) {
            return Ok(());
        }
        let mut out = io::stdout();
        match &self.forward {
            Some((url, outbound, forwarder)) => {
                let post = forwarder.request(url.as_str(), event, Clock::System.now());
                let answered = match outbound.post(post, SECONDS, 0).await {
                    Ok(answer) => answer.status.to_string(),
                    Err(fault) => fault.to_string(),
                };
                writeln!(out, "{}  {}  {}  -> {answered}", event.timestamp, event.event, event.id)?;
            }
            None => writeln!(out, "{}", json!(event))?,
        }
        Ok(out.flush()?)
    }
}

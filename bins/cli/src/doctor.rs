//! `g8 doctor`: whether this machine can work with the server it is set up for, and if not, why.

use crate::{
    error::CliError,
    place::{connect, settings},
};
use clap::Command;
use g8_client::{ConnectionTarget, Credentials, Greeting};
use g8_core::{Backend, Clock, Token};
use g8_domain::{Error, Ts};
use g8_doors::cli::Output;
use g8_identity::{
    me::{Input, Me, ShowMe},
    usage::{self, GetUsage, Usage},
};
use g8_operate::doctor::Finding;
use std::{
    error::Error as _,
    fs,
    io::{self, Write},
    path::Path,
};

/// `doctor`.
pub fn command() -> Command {
    Command::new("doctor").about("Check credentials, server and key, and say what to do about what is wrong")
}

/// Prints what was found; fails if anything must be seen to.
pub async fn run(place: &ConnectionTarget, output: &Output) -> Result<(), CliError> {
    let mut findings = vec![credentials(&Credentials::path()), key(place)];
    match &place.api_url {
        Some(url) => findings.extend(server(place, url).await),
        None => findings.push(database()),
    }
    if place.api_key.is_some() && !findings.iter().any(Finding::is_failure) {
        findings.extend(account(place).await);
    }
    if output.is_for_people() {
        let mut out = io::stdout().lock();
        findings.iter().try_for_each(|finding| writeln!(out, "{finding}"))?;
    } else {
        output.print(&serde_json::to_value(&findings).map_err(CliError::local)?)?;
    }
    match findings.iter().filter(|finding| finding.is_failure()).count() {
        0 => Ok(()),
        1 => Err(CliError::local("one check failed; see to it")),
        failed => Err(CliError::local(format!("{failed} checks failed; see to them"))),
    }
}

fn credentials(file: &Path) -> Finding {
    const CHECK: &str = "credentials";
    let shown = file.display();
    let Ok(text) = fs::read_to_string(file) else {
        return Finding::ok(CHECK, format!("none are stored in {shown}"));
    };
    if serde_json::from_str::<Credentials>(&text).is_err() {
        return Finding::fail(CHECK, format!("{shown} is not what g8 stores; run g8 login again"));
    }
    match others_may(file) {
        Some(mode) => Finding::warn(
            CHECK,
            format!("{shown} can be read by other users (mode {mode:o}); run chmod 600 {shown}"),
        ),
        None => Finding::ok(CHECK, format!("{shown} is yours alone")),
    }
}

/// The mode of a file that is not its owner's alone, where the system has such modes.
#[cfg(unix)]
fn others_may(file: &Path) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(file).ok()?.permissions().mode() & 0o777;
    (mode & 0o077 != 0).then_some(mode)
}

#[cfg(not(unix))]
fn others_may(_file: &Path) -> Option<u32> {
    None
}

fn key(place: &ConnectionTarget) -> Finding {
    const CHECK: &str = "key";
    match &place.api_key {
        None => Finding::fail(CHECK, "there is none; run g8 login, or set G8_API_KEY"),
        Some(key) => match Token::parse(key) {
            None => Finding::fail(
                CHECK,
                format!("the one from {} is mistyped or cut off; copy it again, whole", place.source),
            ),
            Some(token) => Finding::ok(CHECK, format!("{}… from {}", token.prefix(), place.source)),
        },
    }
}

async fn server(place: &ConnectionTarget, url: &str) -> Vec<Finding> {
    const CHECK: &str = "server";
    let greeting = match place.client(url, None) {
        Ok(client) => client.greet().await,
        Err(error) => Err(error),
    };
    let mut findings = vec![tls(url)];
    match greeting {
        Err(error) => findings.push(Finding::fail(CHECK, unreachable(&error))),
        Ok(greeting) => findings.extend([health(url, &greeting), clocks(&greeting), version(&greeting)]),
    }
    findings
}

fn tls(url: &str) -> Finding {
    const CHECK: &str = "TLS";
    let host = url.split("://").nth(1).unwrap_or_default();
    let near = ["localhost", "127.", "[::1]"].iter().any(|local| host.starts_with(local));
    match url.split("://").next() {
        Some("https") => Finding::ok(CHECK, "the connection is encrypted"),
        _ if near => Finding::ok(CHECK, "the server is on this machine"),
        _ => Finding::warn(
            CHECK,
            format!("{url} is not encrypted, and the key can be read on the way; use an https:// address"),
        ),
    }
}

/// The sentence, and the root of it: a wrong name, a refused connection, a certificate.
fn unreachable(error: &Error) -> String {
    let mut root = error.source();
    while let Some(next) = root.and_then(std::error::Error::source) {
        root = Some(next);
    }
    root.map_or_else(|| error.message.clone(), |root| format!("{} ({root})", error.message))
}

fn health(url: &str, greeting: &Greeting) -> Finding {
    const CHECK: &str = "server";
    match greeting {
        Greeting { version: None, .. } => {
            Finding::fail(CHECK, format!("something else than g8 answers at {url}; correct G8_API_URL"))
        }
        Greeting { healthy: true, .. } => Finding::ok(CHECK, format!("{url} answers")),
        _ => Finding::fail(
            CHECK,
            format!("{url} says that it is not well; its operator runs g8-server doctor"),
        ),
    }
}

fn clocks(greeting: &Greeting) -> Finding {
    const CHECK: &str = "clocks";
    let Some(there) = greeting.date else { return Finding::warn(CHECK, "the server does not say its time") };
    let seconds = (Clock::System.now().0 - there.0) / Ts::SECOND;
    match seconds.abs() {
        0..=60 => Finding::ok(CHECK, "this machine and the server agree"),
        off => Finding::warn(
            CHECK,
            format!("this machine and the server are {off} seconds apart; set both by NTP"),
        ),
    }
}

fn version(greeting: &Greeting) -> Finding {
    const CHECK: &str = "versions";
    let here = env!("CARGO_PKG_VERSION");
    match greeting.version.as_deref() {
        Some(there) if there != here => Finding::warn(
            CHECK,
            format!("g8 is {here} and the server is {there}; use the same release of both"),
        ),
        _ => Finding::ok(CHECK, format!("g8 and the server are {here}")),
    }
}

/// The embedded database, which the first start of a server makes.
fn database() -> Finding {
    const CHECK: &str = "database";
    match settings() {
        Err(fault) => Finding::fail(CHECK, fault.to_string()),
        Ok(settings) if settings.database_url.starts_with("sqlite:") => Finding::ok(
            CHECK,
            format!("without G8_API_URL, g8 works on the one in {}", settings.data_dir.display()),
        ),
        Ok(_) => Finding::ok(CHECK, "without G8_API_URL, g8 works on the one of DATABASE_URL"),
    }
}

/// What the key may do, and how much of it.
async fn account(place: &ConnectionTarget) -> Vec<Finding> {
    const CHECK: &str = "account";
    let asked = async {
        let connection = connect(place).await?;
        let me = connection.run::<ShowMe>(Input {}).await?;
        let usage = connection.run::<GetUsage>(usage::Input {}).await?;
        Ok::<_, CliError>((me, usage))
    };
    match asked.await {
        Err(fault) => vec![Finding::fail(CHECK, fault.to_string())],
        Ok((me, usage)) => vec![
            Finding::ok(CHECK, format!("the key {} of {} is valid", me.name, me.organization_name)),
            expiry(&me),
            Finding::ok("scopes", me.scopes.join(", ")),
            limits(&usage),
        ],
    }
}

fn expiry(me: &Me) -> Finding {
    const CHECK: &str = "expiry";
    let Some(end) = me.expires_at else { return Finding::ok(CHECK, "the key does not expire") };
    match (end.0 - Clock::System.now().0) / Ts::DAY {
        days @ ..=14 => Finding::warn(CHECK, format!("the key expires in {days} days, at {end}; rotate it")),
        days => Finding::ok(CHECK, format!("the key expires in {days} days")),
    }
}

fn limits(usage: &Usage) -> Finding {
    const CHECK: &str = "limits";
    let left =
        |limit: &usage::Limit| format!("{} of {} in this {}", limit.remaining, limit.limit, limit.window);
    let says = usage.limits.iter().map(left).collect::<Vec<_>>().join(", ");
    match usage.limits.iter().find(|limit| limit.remaining == 0) {
        Some(spent) => Finding::warn(CHECK, format!("left are {says}; wait until {}", spent.frees_at)),
        None if says.is_empty() => Finding::ok(CHECK, "the plan has none"),
        None => Finding::ok(CHECK, format!("left are {says}")),
    }
}

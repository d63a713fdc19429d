//! Events on their way to sixteen webhooks: how soon each arrives, and how fast a backlog is worked off,
//! against a bare reqwest loop that posts the same bodies.

use crate::{
    Result,
    args::{Engine, Run},
    clock,
    http::{Ask, Connection, Target, json},
    people,
    receiver::Receiver,
    report::{Figure, Goal, Line, Unit},
    server::{Running, ours::Installation},
};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::task::JoinSet;

/// An organisation has ten webhooks at most: two have sixteen.
const WEBHOOKS: [usize; 2] = [10, 6];
/// Events whose way is timed, one after the other.
const TIMED: u64 = 500;
/// Contacts of one request.
const BATCH: u64 = 100;
/// The longest that a backlog may take.
const PATIENCE: Duration = Duration::from_secs(1800);
/// Requests of one webhook that are open at the same time, as ours.
const OPEN: usize = 16;

/// One organisation: a key to it, and its receivers.
struct Org {
    key: String,
    receivers: Vec<Receiver>,
}

/// On an installation of its own; `deliveries` wait when the work begins.
pub async fn run(run: &Run, engine: Engine, deliveries: u64) -> Result<Vec<Line>> {
    let installation = Installation::new(run, engine, &format!("deliveries_{deliveries}")).await?;
    installation.configure("[webhooks]\nallow_hosts = [\"127.0.0.1\"]\n")?;
    let server = installation.serve()?;
    let orgs = orgs(&installation, &server).await?;
    let line = |what: &str, figure| Line::new(what, figure).at(engine.name(), deliveries);
    let times = way(&server, &orgs[0]).await?;
    let at = |percent: usize| Figure::time(times[(times.len() - 1) * percent / 100]);
    let mut lines = vec![
        line("delivery, p50 of the way", at(50)).goal(Goal::AtMost(15.0)),
        line("delivery, p99 of the way", at(99)),
    ];
    server.stop()?;
    let waiting = backlog(&installation, &orgs, deliveries).await?;
    installation.settle().await?;
    let (rate, memory) = drain(&installation, &orgs, waiting).await?;
    let bare = bare(&orgs, waiting.min(100_000)).await?;
    lines.push(
        line("deliveries, of a backlog", rate).against("bare reqwest", bare).goal(Goal::RatioAtLeast(0.5)),
    );
    lines.push(line("deliveries, peak memory", memory).goal(Goal::AtMost(150.0)));
    Ok(lines)
}

async fn orgs(installation: &Installation, server: &Running) -> Result<Vec<Org>> {
    let mut orgs = Vec::new();
    for (n, count) in WEBHOOKS.into_iter().enumerate() {
        let key = installation.unlimited_key(&format!("Org {n}"))?;
        let target = Target { key: Some(key.clone()), ..server.target() };
        let mut receivers = Vec::new();
        for _ in 0..count {
            let receiver = Receiver::new().await?;
            let hook = json!({ "url": receiver.url, "events": ["contact.created"] });
            json(&target, Ask::post("/api/v1/webhooks", &hook)).await?;
            receivers.push(receiver);
        }
        orgs.push(Org { key, receivers });
    }
    Ok(orgs)
}

fn arrived(orgs: &[Org]) -> u64 {
    orgs.iter().flat_map(|org| &org.receivers).map(Receiver::count).sum()
}

/// A contact whose event has some 1 kB.
fn newcomer(n: u64) -> Value {
    let about = "A person who was met at a fair, and who wants to hear more. ".repeat(3);
    json!({ "work_email": format!("timed{n}@example.com"), "first_name": people::first(n),
        "last_name": people::last(n), "job_title": about, "city": "Bremen", "country": "Germany" })
}

/// How long single events are on their way, from the beginning of the change.
async fn way(server: &Running, org: &Org) -> Result<Vec<Duration>> {
    let mut connection = Connection::open(&Target { key: Some(org.key.clone()), ..server.target() }).await?;
    let webhooks = org.receivers.len() as u64;
    for n in 0..TIMED {
        if n == TIMED / 10 {
            org.receivers.iter().for_each(Receiver::watch);
        }
        let (status, body) = connection.ask(Ask::post("/api/v1/contacts", &newcomer(n))).await?;
        if !status.is_success() {
            return Err(format!("a contact was refused: {}", String::from_utf8_lossy(&body)).into());
        }
        while org.receivers.iter().map(Receiver::count).sum::<u64>() < (n + 1) * webhooks {
            moment(1).await;
        }
    }
    let mut times: Vec<Duration> = org.receivers.iter().flat_map(Receiver::times).collect();
    times.sort_unstable();
    if times.is_empty() { Err("nothing arrived".into()) } else { Ok(times) }
}

/// Leaves the cores to those who work.
async fn moment(millis: u64) {
    let _ = tokio::time::timeout(Duration::from_millis(millis), std::future::pending::<()>()).await;
}

/// Has so many deliveries wait, on a server that makes none; says how many it came to.
async fn backlog(installation: &Installation, orgs: &[Org], deliveries: u64) -> Result<u64> {
    let webhooks = WEBHOOKS.into_iter().sum::<usize>() as u64;
    let batches = deliveries.div_ceil(webhooks * BATCH);
    let server = installation.serve_with(&["--no-workers"])?;
    for org in orgs {
        let target = Target { key: Some(org.key.clone()), ..server.target() };
        let list = json(&target, Ask::post("/api/v1/lists", &json!({ "title": "Fair" }))).await?;
        let mut connection = Connection::open(&target).await?;
        for batch in 0..batches {
            let contacts: Vec<Value> = (0..BATCH).map(|n| newcomer(TIMED + batch * BATCH + n)).collect();
            let body = json!({ "list_id": list["data"]["id"], "contacts": contacts });
            let (status, body) = connection.ask(Ask::put("/api/v1/contacts/assert/batch", &body)).await?;
            if !status.is_success() {
                return Err(format!("a batch was refused: {}", String::from_utf8_lossy(&body)).into());
            }
        }
    }
    server.stop()?;
    Ok(batches * BATCH * webhooks)
}

/// Deliveries each second while what waits is worked off, and the server's memory at its highest.
async fn drain(installation: &Installation, orgs: &[Org], waiting: u64) -> Result<(Figure, Figure)> {
    let before = arrived(orgs);
    let server = installation.serve()?;
    let start = clock::now();
    while arrived(orgs) < before + waiting {
        moment(5).await;
        if clock::now() - start > PATIENCE {
            return Err(format!("{} of {waiting} arrived in time", arrived(orgs) - before).into());
        }
    }
    let rate = waiting as f64 / (clock::now() - start).as_secs_f64();
    let memory = Figure(server.memory("VmHWM")?, Unit::Mebibytes);
    server.stop()?;
    Ok((Figure(rate, Unit::PerSecond), memory))
}

/// Posts each second of a loop that does nothing but post, to the same receivers, as many at a time.
async fn bare(orgs: &[Org], posts: u64) -> Result<Figure> {
    // Fails when a provider is set already, which is just as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().no_proxy().tcp_nodelay(true).build()?;
    let receivers: Vec<&Receiver> = orgs.iter().flat_map(|org| &org.receivers).collect();
    let each = posts / (receivers.len() * OPEN) as u64;
    let (start, mut loops) = (clock::now(), JoinSet::new());
    for receiver in &receivers {
        for _ in 0..OPEN {
            let (client, url, body) = (client.clone(), receiver.url.clone(), receiver.last());
            loops.spawn(async move {
                for _ in 0..each {
                    client
                        .post(&url)
                        .header("content-type", "application/json")
                        .body(body.clone())
                        .send()
                        .await?;
                }
                Ok::<_, reqwest::Error>(())
            });
        }
    }
    while let Some(done) = loops.join_next().await {
        done??;
    }
    let posts = each * (receivers.len() * OPEN) as u64;
    Ok(Figure(posts as f64 / (clock::now() - start).as_secs_f64(), Unit::PerSecond))
}

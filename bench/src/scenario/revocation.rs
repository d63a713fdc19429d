//! How long a key that one node has revoked still works at another, whose caches are warm.

use super::Stage;
use crate::{
    Result, clock,
    http::{Ask, Connection, Target, json},
    report::{Figure, Goal, Line},
};
use hyper::StatusCode;
use serde_json::json;
use std::time::Duration;

/// How long is waited for it to end.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often it is tried.
const ROUNDS: u32 = 20;

/// The longest of all rounds.
pub async fn run(stage: &Stage<'_>) -> Result<Vec<Line>> {
    let other = stage.installation.serve()?;
    let mut times = Vec::new();
    for round in 0..ROUNDS {
        times.push(one(stage, &other.target(), round).await?);
    }
    other.stop()?;
    let longest = times.into_iter().max().unwrap_or_default();
    let line = stage.line("revoked elsewhere, longest until 401", Figure::time(longest));
    Ok(vec![line.goal(Goal::AtMost(1000.0))])
}

async fn one(stage: &Stage<'_>, other: &Target, round: u32) -> Result<Duration> {
    let wish = json!({ "name": format!("Revoked {round}"), "scopes": ["contacts:read"] });
    let made = json(&stage.server.target(), Ask::post("/api/v1/api-keys", &wish)).await?;
    let token = made["data"]["token"].as_str();
    let (Some(token), Some(id)) = (token, made["data"]["id"].as_str()) else {
        return Err("no key was made".into());
    };
    let mut asking = Connection::open(other).await?;
    let ask = || Ask::get("/api/v1/me").by(token);
    // The rounds meet the cache at every age.
    let warm = clock::now() + Duration::from_millis(u64::from(round) * 37);
    loop {
        let status = asking.ask(ask()).await?.0;
        if status != StatusCode::OK {
            return Err(format!("a new key hears {status}").into());
        }
        if clock::now() >= warm {
            break;
        }
        clock::pause(Duration::from_millis(120));
    }
    let revoke = Ask::delete(format!("/api/v1/api-keys/{id}"));
    let (status, _) = Connection::open(&stage.server.target()).await?.ask(revoke).await?;
    if !status.is_success() {
        return Err(format!("a key could not be revoked: {status}").into());
    }
    let revoked = clock::now();
    loop {
        match asking.ask(ask()).await?.0 {
            StatusCode::UNAUTHORIZED => return Ok(clock::now() - revoked),
            StatusCode::OK if clock::now() - revoked < PATIENCE => clock::pause(Duration::from_millis(110)),
            status => return Err(format!("a revoked key hears {status}").into()),
        }
    }
}

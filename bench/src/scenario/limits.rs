//! What counting a request costs: the same read with keys of a plan, and with one that no plan limits.

use super::{READERS, Stage, reading};
use crate::{
    Result,
    http::{Ask, json},
    load::{self, Load},
    report::{Figure, Goal, Line},
};
use serde_json::json;
use std::sync::Arc;

/// Rounds in which both take turns, so that a busy moment of the machine hits both.
const ROUNDS: usize = 2;
/// Keys that take turns: together the plan lets them ask more often than a server answers.
const KEYS: usize = 200;

/// The plan, for the configuration file.
pub const PLAN: &str = "[plans.bench]\nper_second = 200\nper_minute = 5000\nper_day = 1000000\n";

/// Both, and their ratio.
pub async fn run(stage: &Stage<'_>) -> Result<Vec<Line>> {
    let mut keys = Vec::with_capacity(KEYS);
    for n in 0..KEYS {
        let wish = json!({ "name": format!("Bench {n}"), "scopes": ["contacts:read"], "plan": "bench" });
        let made = json(&stage.server.target(), Ask::post("/api/v1/api-keys", &wish)).await?;
        let token = made["data"]["token"].as_str();
        keys.push(token.ok_or("no key was made")?.to_owned());
    }
    let keys = Arc::new(keys);
    let counted = move |n: u64| {
        let at = usize::try_from(n).unwrap_or_default() % keys.len();
        Ask::get("/api/v1/contacts/1").by(&keys[at])
    };
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        with.push(load::run(&stage.server.target(), reading(stage.run, READERS), counted.clone()).await?);
        without.push(stage.read(READERS, |_| Ask::get("/api/v1/contacts/1")).await?);
    }
    let (with, without) = (Load::mean(&with), Load::mean(&without));
    let micros = 1e6 / with.per_second - 1e6 / without.per_second;
    eprintln!("counting a request takes {micros:.0} µs of the machine");
    let line = stage.rate("get one, counted against a plan", with);
    Ok(vec![line.against("without limits", Figure::rate(without)).goal(Goal::RatioAtLeast(0.8))])
}

//! New contacts with an address and a name, 64 at a time, each on the disk when it is answered.

use super::{Stage, WRITERS, rival::against};
use crate::{
    Result,
    http::Ask,
    load::{self, Plan},
    people::{first, last},
    report::{Figure, Goal, Line},
};
use hyper::StatusCode;
use serde_json::{Value, json};

/// Creates each second. They add to the data, so this comes after the reads.
pub async fn run(stage: &Stage<'_>) -> Result<Vec<Line>> {
    let plan = Plan { connections: WRITERS, seconds: stage.run.seconds, expected: StatusCode::CREATED };
    let create = |n| Ask::post("/api/v1/contacts", &newcomer("work_email", n));
    let ours = load::run(&stage.server.target(), plan, create).await?;
    let line = stage.rate("creates, 64 at a time", ours);
    let other = stage.rival.creates.map(Figure::rate);
    Ok(vec![against(line, other).goal(Goal::RatioAtLeast(3.0))])
}

/// The n-th new contact; `address` is what the server calls the e-mail address.
pub fn newcomer(address: &str, n: u64) -> Value {
    json!({ address: format!("newcomer{n}@example.com"), "first_name": first(n), "last_name": last(n) })
}

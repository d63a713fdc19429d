//! A panic in an operation is a 500, and the server lives.

use crate::{
    Result,
    http::Ask,
    world::{Kind, World},
};
use hyper::StatusCode;
use serde_json::json;
use std::path::Path;

/// The call that panics.
const PASS: u64 = 3;

/// Makes one call of several panic; says what was wrong.
pub async fn check(server: &Path) -> Result<Vec<String>> {
    let world = World::new(Kind::Sqlite, server, (None, false), 0).await?;
    let Ok(mut process) = world.start(0, Some(&format!("handler@{PASS}"))).await? else {
        return Ok(vec!["the server for panics did not start".to_owned()]);
    };
    let mut faults = Vec::new();
    for call in 1..=6 {
        let ask = Ask::json("POST", "/lists", &json!({ "title": format!("{call}") })).once(call.to_string());
        let (mut status, body) = world.connect(0).await?.ask(&ask).await?;
        if call == PASS {
            if status != StatusCode::INTERNAL_SERVER_ERROR || body["request_id"].is_null() {
                faults.push(format!("a panic answered {status} {body}"));
            }
            // It was not done, and its key is free.
            status = world.connect(0).await?.ask(&ask).await?.0;
        }
        if status != StatusCode::CREATED {
            faults.push(format!("beside a panic, a call answered {status}"));
        }
    }
    let lists = world.ask(Ask::get("/lists")).await?;
    if lists["pagination"]["total"] != 6 {
        faults.push(format!("six lists were made, and there are {}", lists["pagination"]["total"]));
    }
    if process.ended()?.is_some() {
        faults.push(format!("a panic ended the server: {}", process.said()));
    }
    process.stop().await?;
    Ok(faults)
}

//! Waiting until nothing is pending: what is left then will not come.

use crate::{Result, clock, http::Ask, ledger::Write, world::World};
use serde_json::Value;
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(120);
const LOOK: Duration = Duration::from_millis(250);

/// Returns once every delivery, import and job has ended.
pub async fn settle(world: &World) -> Result {
    let imports: Vec<String> = world
        .ledger
        .all()
        .into_iter()
        .filter_map(|write| if let Write::Import { id, .. } = write { Some(id) } else { None })
        .collect();
    let end = clock::now() + PATIENCE;
    let mut waits = String::new();
    while clock::now() < end {
        match pending(world, &imports).await? {
            None => return Ok(()),
            Some(what) => waits = what,
        }
        clock::pause(LOOK).await;
    }
    world.fault(format!("not settled after {} s: {waits}", PATIENCE.as_secs()));
    Ok(())
}

/// Something that has not ended.
async fn pending(world: &World, imports: &[String]) -> Result<Option<String>> {
    for state in ["ready", "running"] {
        let page = world.ask(Ask::get(format!("/jobs?state={state}&limit=1"))).await?;
        if some(&page) {
            return Ok(Some(format!("jobs are {state}: {}", page["data"][0])));
        }
    }
    for hook in world.hooks() {
        let path = format!("/webhooks/{}/deliveries?status=pending&limit=1", hook.id);
        let page = world.ask(Ask::get(path)).await?;
        if some(&page) {
            return Ok(Some(format!("deliveries to {} are pending: {}", hook.name, page["data"][0])));
        }
    }
    for id in imports {
        let import = world.ask(Ask::get(format!("/imports/{id}"))).await?;
        if import["finished_at"].is_null() {
            return Ok(Some(format!("an import runs: {import}")));
        }
    }
    Ok(None)
}

fn some(page: &Value) -> bool {
    page["data"].as_array().is_some_and(|rows| !rows.is_empty())
}

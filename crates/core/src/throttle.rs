//! What strangers may try so often: apart from the limits of keys, so that what they fill empties nothing of others.
//! Each node counts for itself, in memory: strangers write nothing.

use crate::{App, Origin, network};
use g8_auth::limit::too_many;
use g8_domain::{Plan, Result};
use uuid::Uuid;

/// Places that are remembered.
const MOST: usize = 100_000;

/// Counts a try against a limit of its own, by whatever it is counted by.
pub async fn count(app: &App, what: &str, who: &str, plan: Plan) -> Result<()> {
    let quota = app.tries.windows.admit(name(app, what, who), plan, app.clock.now());
    if quota.admitted {
        return Ok(());
    }
    let wait = quota.meters.iter().map(|meter| meter.wait(quota.at)).max().unwrap_or(1);
    Err(too_many("Too many tries".to_owned(), wait))
}

/// The network somebody comes from, as tries are counted by it.
pub fn place(origin: &Origin) -> String {
    origin.peer().map(|address| network(address).to_string()).unwrap_or_default()
}

/// Whether an account was signed in to from there before.
pub fn is_known(app: &App, email: &str, origin: &Origin) -> bool {
    app.tries.known().contains(&at(app, email, origin))
}

/// Remembers that it was.
pub fn remember(app: &App, email: &str, origin: &Origin) {
    let mut known = app.tries.known();
    if known.len() >= MOST {
        known.clear();
    }
    known.insert(at(app, email, origin));
}

fn at(app: &App, email: &str, origin: &Origin) -> Uuid {
    name(app, "known", &format!("{email}\n{}", place(origin)))
}

fn name(app: &App, what: &str, who: &str) -> Uuid {
    let name = app.pepper.mac(what, who.as_bytes());
    let mut id = [0; 16];
    id.copy_from_slice(&name[..16]);
    Uuid::from_bytes(id)
}

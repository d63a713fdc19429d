//! The authorization server (OAuth 2.1): a person lets a program in, which then has tokens for the tools.
//!
//! What was let in is a key of its own sort (`via = assistant`): the one way in admits it as it does every other,
//! and its person's role and membership are read again at each use. Doors and pages call the functions here; they
//! decide nothing themselves.

mod ask;
mod client;
mod code;
mod consent;
mod document;
mod fault;
mod grant;
mod metadata;
mod params;
mod redirect;
mod refresh;
mod register;
mod revoke;
#[cfg(test)]
mod tests;
mod token;
mod wanted;

pub use ask::{Asked, Turned, ask};
pub use client::COMMAND_LINE;
pub use consent::{Consent, Destination, Group, Place, consent, decide};
pub use fault::Fault;
pub(crate) use grant::key_of;
pub use metadata::{metadata, resource};
pub use params::Params;
pub use register::{Registered, Registration, register};
pub use revoke::revoke;
pub use token::{Granted, token};
pub use wanted::offered;

use crate::{App, limiter::network};
use g8_auth::limit::too_many;
use g8_domain::{Plan, Result};
use std::net::IpAddr;
use uuid::Uuid;

/// Counts a request against a limit of its own, by whatever it is counted by.
async fn count(app: &App, what: &str, who: &str, plan: Plan) -> Result<()> {
    let name = app.pepper.mac(what, who.as_bytes());
    let mut id = [0; 16];
    id.copy_from_slice(&name[..16]);
    let quota = app.limiter.admit(&app.db, Uuid::from_bytes(id), plan, app.clock.now()).await?;
    if quota.admitted {
        return Ok(());
    }
    let wait = quota.meters.iter().map(|meter| meter.wait(quota.at)).max().unwrap_or(1);
    Err(too_many("Too many requests".to_owned(), wait))
}

/// An address as requests are counted by it.
fn place(peer: Option<IpAddr>) -> String {
    peer.map(|address| network(address).to_string()).unwrap_or_default()
}

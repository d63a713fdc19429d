//! Who has asked to be forgotten: kept as keyed hashes of their addresses, so that nobody brings them back unasked.

use crate::App;
use g8_domain::Result;
use g8_storage::{Session, privacy};
use std::collections::HashSet;
use uuid::Uuid;

/// The keyed hash of an address; nobody without the installation's secret can make or read it.
#[must_use]
pub fn digest(app: &App, org: Uuid, address: &str) -> Vec<u8> {
    app.pepper.mac("erasure", &[org.as_bytes().as_slice(), address.as_bytes()].concat()).to_vec()
}

/// Which of these addresses, in canonical form, belong to people who were erased.
///
/// # Errors
/// The database fails.
pub async fn erased_from(
    app: &App,
    on: &mut impl Session,
    org: Uuid,
    addresses: Vec<&str>,
) -> Result<HashSet<String>> {
    let digests: Vec<Vec<u8>> = addresses.iter().map(|address| digest(app, org, address)).collect();
    let known: HashSet<Vec<u8>> = privacy::remembered(on, org, digests.clone()).await?.into_iter().collect();
    let erased = addresses.into_iter().zip(digests).filter(|(_, digest)| known.contains(digest));
    Ok(erased.map(|(address, _)| address.to_owned()).collect())
}

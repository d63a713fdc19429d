//! After a rotation: what lies under retired keys is sealed again, and those keys are destroyed.

use crate::{
    App,
    jobs::{Due, Job, Next, Run},
};
use g8_auth::{SealedEnvelope, SealedRow};
use g8_domain::Result;
use g8_storage::{
    Tx,
    sealed::{self, SealedValue},
    sealing_keys,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Values of one transaction: each takes up to 64 KiB, and callers who change one of them wait for it.
const AT_ONCE: i64 = 32;
/// Values that the log names one by one; of more it says how many.
const NAMED: usize = 20;

/// Seals again what is under retired keys. Two at once do no harm: a value is replaced only as it was read.
#[derive(Debug, Serialize, Deserialize)]
pub struct ResealValues {}

/// Where a pass stands.
#[derive(Default)]
struct Pass {
    /// The key and id of the last value.
    behind: (Uuid, Uuid),
    /// Values that somebody else changed since they were read.
    changed: usize,
    /// Values that do not open.
    closed: usize,
}

impl Job for ResealValues {
    const KIND: &'static str = "seal.rotate";
    const MAX_ATTEMPTS: i64 = i64::MAX;

    async fn run(&self, run: &Run) -> Result<Next> {
        let mut pass = Pass::default();
        loop {
            if run.stopping() {
                return Ok(Next::Again(Due::Now));
            }
            if !reseal_some(run, &mut pass).await? {
                break;
            }
        }
        if pass.closed > 0 {
            tracing::warn!(
                values = pass.closed,
                "sealed values do not open and stay under retired keys: put the secret key back that they were \
                 sealed with, or enter those credentials again"
            );
        }
        destroy_unused_keys(run).await?;
        // What was changed meanwhile may lie under a key that was retired meanwhile.
        Ok(if pass.changed > 0 { Next::Again(Due::Now) } else { Next::Done })
    }
}

/// Seals the next values again; false where there are no more.
async fn reseal_some(run: &Run, pass: &mut Pass) -> Result<bool> {
    let mut tx = run.begin().await?;
    let values = sealed::of_retired_keys(&mut tx, pass.behind, AT_ONCE).await?;
    let Some(last) = values.last() else { return Ok(false) };
    pass.behind = (last.key_id, last.id);
    for value in &values {
        reseal_value(&run.app, &mut tx, value, pass).await?;
    }
    tx.commit().await?;
    Ok(true)
}

async fn reseal_value(app: &App, tx: &mut Tx, value: &SealedValue, pass: &mut Pass) -> Result<()> {
    let row = SealedRow { org: value.org_id, kind: &value.kind, id: value.id };
    let key = app.keyring.get(app, tx, value.key_id).await?;
    let Some(key) = key else {
        // Nothing is under it any more, so this value is not either.
        pass.changed += 1;
        return Ok(());
    };
    let envelope = SealedEnvelope::from_bytes(value.envelope.clone());
    let opened = key.ok().zip(envelope.ok()).and_then(|(key, sealed)| key.open(&row, &sealed).ok());
    let Some(secret) = opened else {
        pass.closed += 1;
        if pass.closed <= NAMED {
            tracing::warn!(id = %value.id, kind = value.kind, "a sealed value does not open");
        }
        return Ok(());
    };
    let current = app.keyring.current(app, tx).await?;
    let again = app.entropy.with(|rng| current.seal(&row, &secret, rng));
    if !sealed::replace_envelope(tx, value, current.id(), again.into_bytes()).await? {
        pass.changed += 1;
    }
    Ok(())
}

/// Destroys retired keys that nothing is sealed under, in the database's files and in memory.
pub(crate) async fn destroy_unused_keys(run: &Run) -> Result<()> {
    let keys = sealing_keys::all(&mut &run.app.db).await?;
    let retired: Vec<Uuid> = keys.iter().filter(|key| key.retired_at.is_some()).map(|key| key.id).collect();
    if retired.is_empty() {
        return Ok(());
    }
    let (mut tx, mut destroyed) = (run.begin().await?, false);
    for id in retired {
        destroyed |= sealing_keys::destroy(&mut tx, id).await?;
    }
    tx.commit().await?;
    if destroyed {
        run.app.keyring.forget();
        sealing_keys::settle(&run.app.db).await?;
    }
    Ok(())
}

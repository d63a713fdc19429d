//! What an area does with a credential: keeps it, opens it, removes it.

use super::fault::unopenable;
use crate::App;
use g8_auth::{KeptSecret, SealedEnvelope, SealedRow};
use g8_domain::{Error, ErrorKind, Result};
use g8_storage::{
    Session, Tx,
    sealed::{self, SealedPut, SealedValue},
};
use uuid::Uuid;

/// How often a value is tried again whose key was exchanged just then: keys are exchanged by hand.
const TRIES: usize = 4;

/// The credentials of an installation.
#[derive(Clone, Copy)]
pub struct SealedStore<'a>(&'a App);

impl<'a> SealedStore<'a> {
    pub(super) fn new(app: &'a App) -> Self {
        Self(app)
    }

    /// Keeps a credential for its row, in the place of the one that the row had. `owner` is the record that it goes
    /// with, as `mailbox:<id>`. Call it last in a transaction: until that ends, nobody can exchange the key.
    ///
    /// # Errors
    /// 503 where the installation's secret key was exchanged; the message says so, and what to do.
    pub async fn seal(
        &self,
        tx: &mut Tx,
        row: SealedRow<'_>,
        owner: &str,
        secret: &KeptSecret,
    ) -> Result<()> {
        for _ in 0..TRIES {
            let value = self.sealed_now(tx, &row, owner, secret).await?;
            match sealed::put(tx, &value).await? {
                SealedPut::Stored => return Ok(()),
                SealedPut::KeyRetired => {}
                SealedPut::Foreign => {
                    let whose = format!("the sealed value {} is another record's", row.id);
                    return Err(Error::internal(whose));
                }
            }
        }
        Err(Error::new(ErrorKind::Unavailable, "The sealing key is being exchanged; try again in a moment."))
    }

    /// The credential of a row; none where there is none of that kind.
    ///
    /// # Errors
    /// 503 as for [`Self::seal`]; 422 where it does not open any more and must be entered again.
    pub async fn open(&self, on: &mut impl Session, row: SealedRow<'_>) -> Result<Option<KeptSecret>> {
        for _ in 0..TRIES {
            let value = sealed::get(on, row.org, row.id).await?.filter(|value| value.kind == row.kind);
            let Some(value) = value else { return Ok(None) };
            // Without its key, it was sealed again under another one since it was read.
            let Some(key) = self.0.keyring.get(self.0, on, value.key_id).await? else { continue };
            let key = key?;
            let opened =
                SealedEnvelope::from_bytes(value.envelope).and_then(|sealed| key.open(&row, &sealed));
            return opened.map(Some).map_err(|_| unopenable(&row));
        }
        Err(unopenable(&row))
    }

    /// Removes a credential; false where there is none.
    ///
    /// # Errors
    /// The database refused.
    pub async fn remove(&self, tx: &mut Tx, org: Option<Uuid>, id: Uuid) -> Result<bool> {
        Ok(sealed::remove(tx, org, id).await?)
    }

    /// Removes all credentials of a record; says how many.
    ///
    /// # Errors
    /// The database refused.
    pub async fn remove_of_owner(&self, tx: &mut Tx, org: Option<Uuid>, owner: &str) -> Result<u64> {
        Ok(sealed::remove_of_owner(tx, org, owner).await?)
    }

    async fn sealed_now(
        &self,
        tx: &mut Tx,
        row: &SealedRow<'_>,
        owner: &str,
        secret: &KeptSecret,
    ) -> Result<SealedValue> {
        let key = self.0.keyring.current(self.0, tx).await?;
        let now = self.0.clock.now();
        Ok(SealedValue {
            id: row.id,
            org_id: row.org,
            kind: row.kind.to_owned(),
            owner: owner.to_owned(),
            key_id: key.id(),
            envelope: self.0.entropy.with(|rng| key.seal(row, secret, rng)).into_bytes(),
            created_at: now,
            updated_at: now,
        })
    }
}

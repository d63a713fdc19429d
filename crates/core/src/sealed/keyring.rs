//! The keys that this program has derived, and the one that is current.

use super::fault::KeyFault;
use crate::App;
use g8_auth::SealingKey;
use g8_domain::{Error, Result};
use g8_storage::{
    Session, Tx,
    sealing_keys::{self, SealingSalt},
};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use uuid::Uuid;

/// Most keys that are remembered: one is current, and those that a rotation empties are few.
const MOST: usize = 8;

/// Keys by id. A key is what its id and salt make it, so what is remembered is never wrong, only unneeded.
#[derive(Default)]
pub(crate) struct Keyring(Mutex<Vec<Arc<SealingKey>>>);

impl Keyring {
    /// The key for what is sealed now; made in the transaction if it is the installation's first.
    pub(super) async fn current(&self, app: &App, tx: &mut Tx) -> Result<Arc<SealingKey>> {
        let salt = match sealing_keys::current(tx).await? {
            Some(salt) => salt,
            None => {
                // Whoever comes second waits here until the first has committed, and takes that one's.
                sealing_keys::insert(tx, &fresh_salt(app)).await?;
                let made = sealing_keys::current(tx).await?;
                made.ok_or_else(|| Error::internal("there is no current sealing key after one was made"))?
            }
        };
        Ok(self.derive(app, &salt)?)
    }

    /// The key of this id; none where it was destroyed.
    pub(super) async fn get(
        &self,
        app: &App,
        on: &mut impl Session,
        id: Uuid,
    ) -> Result<Option<Result<Arc<SealingKey>, KeyFault>>> {
        if let Some(key) = self.remembered(id) {
            return Ok(Some(Ok(key)));
        }
        Ok(sealing_keys::get(on, id).await?.map(|salt| self.derive(app, &salt)))
    }

    /// Drops every key: those that are needed are derived again.
    pub(super) fn forget(&self) {
        self.lock().clear();
    }

    fn derive(&self, app: &App, salt: &SealingSalt) -> Result<Arc<SealingKey>, KeyFault> {
        if let Some(key) = self.remembered(salt.id) {
            return Ok(key);
        }
        if salt.secret_mark != app.pepper.mark() {
            return Err(KeyFault::SecretExchanged);
        }
        let key = SealingKey::derive(&app.pepper, salt.id, &salt.salt).ok_or(KeyFault::Damaged)?;
        let key = Arc::new(key);
        let mut keys = self.lock();
        // A new current key: those before it are about to be destroyed, here as well.
        if salt.retired_at.is_none() || keys.len() >= MOST {
            keys.clear();
        }
        keys.push(Arc::clone(&key));
        Ok(key)
    }

    fn remembered(&self, id: Uuid) -> Option<Arc<SealingKey>> {
        self.lock().iter().find(|key| key.id() == id).cloned()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Arc<SealingKey>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A key that nobody has yet.
pub(super) fn fresh_salt(app: &App) -> SealingSalt {
    let now = app.clock.now();
    SealingSalt {
        id: app.entropy.id(now),
        salt: app.entropy.with(SealingKey::fresh_salt).to_vec(),
        secret_mark: app.pepper.mark(),
        created_at: now,
        retired_at: None,
    }
}

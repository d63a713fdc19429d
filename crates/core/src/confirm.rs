//! Confirmations of what destroys: made by a door that has asked, good once in the whole installation.

use crate::{App, Seal, Sealed};
use g8_domain::Result;
use g8_storage::confirmations;
use uuid::Uuid;

impl App {
    /// What this installation signs confirmations with.
    #[must_use]
    pub fn seal(&self) -> Seal {
        Seal::of(&self.pepper, "confirmation")
    }

    /// Takes a confirmation of an organisation; false when it was taken before, here or on another server.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn take_confirmation(&self, org: Uuid, sealed: Sealed) -> Result<bool> {
        Ok(confirmations::take(&self.db, org, sealed.id, sealed.until).await?)
    }
}

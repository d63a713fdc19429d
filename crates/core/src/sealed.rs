//! Credentials that an area must read again: a mailbox's password, a vendor's refresh token.
//!
//! An area keeps its record, and the credential here, by [`App::sealed`]. It is sealed for its row
//! ([`SealedRow`](g8_auth::SealedRow)) before it reaches the database, and opened when the one server that wants it
//! is spoken to. Keys are made when the first credential comes, exchanged by [`rotate_sealing_keys`], and
//! destroyed once nothing is sealed under them.

mod condition;
mod fault;
mod keyring;
mod keys;
mod reseal;
mod store;

pub use condition::{SealedCondition, examine_sealed};
pub use keys::{SealingKeyView, list_sealing_keys, rotate_sealing_keys};
pub use reseal::ResealValues;
pub use store::SealedStore;

pub(crate) use keyring::Keyring;
pub(crate) use reseal::destroy_unused_keys;

use crate::App;

impl App {
    /// Where credentials are kept that must be read again.
    #[must_use]
    pub fn sealed(&self) -> SealedStore<'_> {
        SealedStore::new(self)
    }
}

#[cfg(test)]
mod tests;

//! Why a key, or what is sealed under it, cannot be used; worded for whoever can mend it.

use g8_auth::{SealedRow, Unopenable};
use g8_domain::{Error, ErrorKind};

/// Why there is no key of a stored salt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyFault {
    /// The installation has another secret key than when it was made.
    SecretExchanged,
    /// What is stored is no salt.
    Damaged,
}

impl From<KeyFault> for Error {
    fn from(fault: KeyFault) -> Self {
        match fault {
            KeyFault::SecretExchanged => Self::new(
                ErrorKind::Unavailable,
                "The installation's secret key is not the one that its stored credentials are sealed with. Its \
                 operator must put the former one back, as G8_SECRET_KEY or as secret.key in the data folder; \
                 g8-server doctor says what else can be done.",
            ),
            KeyFault::Damaged => Self::internal("a salt in sealing_keys is damaged; restore a backup"),
        }
    }
}

/// What an area hears of a credential that nobody can open any more.
pub(super) fn unopenable(row: &SealedRow<'_>) -> Error {
    tracing::warn!(id = %row.id, kind = row.kind, "a sealed value does not open");
    Error::rule(format!("The stored {} cannot be opened any more; enter it again.", row.kind))
        .because(Unopenable)
}

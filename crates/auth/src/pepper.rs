//! The installation's secret key: without it, nothing in the database proves a token.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The secret under which digests and cursors are made. Never printed.
#[derive(Clone)]
pub struct Pepper(Vec<u8>);

impl Pepper {
    /// Fewest bytes a secret key may have.
    pub const MIN_BYTES: usize = 32;

    /// A pepper of these bytes; at least [`Self::MIN_BYTES`].
    #[must_use]
    pub fn new(bytes: Vec<u8>) -> Option<Self> {
        (bytes.len() >= Self::MIN_BYTES).then_some(Self(bytes))
    }

    /// Tells this secret key from others and gives nothing of it away.
    #[must_use]
    pub fn mark(&self) -> String {
        self.mac("mark", &[]).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }

    /// HMAC-SHA256 over `purpose`, a zero byte and `message`: no digest serves two purposes.
    #[must_use]
    pub fn mac(&self, purpose: &str, message: &[u8]) -> [u8; 32] {
        let mut mac = match Hmac::<Sha256>::new_from_slice(&self.0) {
            Ok(mac) => mac,
            Err(error) => unreachable!("HMAC takes keys of every length: {error}"),
        };
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(message);
        mac.finalize().into_bytes().into()
    }
}

impl std::fmt::Debug for Pepper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pepper(…)")
    }
}

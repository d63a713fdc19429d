//! The installation's secret key: without it, nothing in the database proves a token.

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

/// The secret under which digests, cursors and sealing keys are made. Never printed, overwritten when dropped.
#[derive(Clone)]
pub struct Pepper(Zeroizing<Vec<u8>>);

impl Pepper {
    /// Fewest bytes a secret key may have.
    pub const MIN_BYTES: usize = 32;

    /// A pepper of these bytes; at least [`Self::MIN_BYTES`].
    #[must_use]
    pub fn new(bytes: Vec<u8>) -> Option<Self> {
        let bytes = Zeroizing::new(bytes);
        (bytes.len() >= Self::MIN_BYTES).then_some(Self(bytes))
    }

    /// Tells this secret key from others and gives nothing of it away.
    #[must_use]
    pub fn mark(&self) -> String {
        hex::encode(&self.mac("mark", &[])[..8])
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

    /// HKDF-SHA256 (RFC 5869) of the secret with `salt`, for what `info` says: 32 bytes that whoever lacks
    /// either cannot make.
    pub(crate) fn derive(&self, salt: &[u8; 32], info: &[&[u8]]) -> Zeroizing<[u8; 32]> {
        let mut bytes = Zeroizing::new([0; 32]);
        match Hkdf::<Sha256>::new(Some(salt), &self.0).expand_multi_info(info, bytes.as_mut_slice()) {
            Ok(()) => bytes,
            Err(error) => unreachable!("HKDF gives up to 8,160 bytes: {error}"),
        }
    }
}

impl std::fmt::Debug for Pepper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pepper(…)")
    }
}

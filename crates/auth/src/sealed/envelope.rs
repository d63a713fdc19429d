//! What is stored of a secret.

use super::{KeptSecret, padding};
use std::fmt;
use uuid::Uuid;

/// The format that this file describes.
const VERSION: u8 = 1;
/// The version and the key's id.
pub const HEADER: usize = 1 + 16;
/// What is drawn at random for each sealing.
pub const NONCE: usize = 12;
/// What proves that nothing was changed.
pub const TAG: usize = 16;

/// A sealed secret, as it is stored: a version byte (1), the sealing key's id (16 bytes), the nonce (12), the
/// padded ciphertext (a multiple of 64) and the tag (16). It may be kept and copied; nothing can be read from
/// it but which key it wants, and within 64 bytes how long the secret is.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedEnvelope(Vec<u8>);

/// Why a sealed value stays closed: a wrong key, a wrong row, a changed or a foreign envelope. Which of them
/// is nobody's to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unopenable;

impl SealedEnvelope {
    /// Most bytes of an envelope.
    pub const MAX_BYTES: usize = HEADER + NONCE + padding::padded(KeptSecret::MAX_BYTES) + TAG;

    /// Reads the outside of an envelope.
    ///
    /// # Errors
    /// It cannot be one: another version or length.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, Unopenable> {
        let padded = bytes.len().checked_sub(HEADER + NONCE + TAG).filter(|padded| *padded > 0);
        let fits = padded.is_some_and(|padded| padded.is_multiple_of(padding::BUCKET))
            && bytes.len() <= Self::MAX_BYTES
            && bytes.first() == Some(&VERSION);
        if fits { Ok(Self(bytes)) } else { Err(Unopenable) }
    }

    /// An envelope of its parts.
    pub(super) fn of(key: Uuid, nonce: &[u8; NONCE], ciphertext: &[u8], tag: &[u8; TAG]) -> Self {
        Self([header(key).as_slice(), nonce, ciphertext, tag].concat())
    }

    /// The id of the key that opens it.
    #[must_use]
    pub fn key(&self) -> Uuid {
        self.0[1..].first_chunk().map_or(Uuid::nil(), |id| Uuid::from_bytes(*id))
    }

    /// What is stored.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// What is stored.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    /// Nonce, ciphertext and tag.
    pub(super) fn parts(&self) -> Option<(&[u8; NONCE], &[u8], &[u8; TAG])> {
        let (nonce, rest) = self.0[HEADER..].split_first_chunk()?;
        let (ciphertext, tag) = rest.split_last_chunk()?;
        Some((nonce, ciphertext, tag))
    }
}

/// How every envelope under a key begins.
pub fn header(key: Uuid) -> [u8; HEADER] {
    let mut header = [VERSION; HEADER];
    header[1..].copy_from_slice(key.as_bytes());
    header
}

impl fmt::Debug for SealedEnvelope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SealedEnvelope({}, {} bytes)", self.key(), self.0.len())
    }
}

impl fmt::Display for Unopenable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sealed value cannot be opened")
    }
}

impl std::error::Error for Unopenable {}

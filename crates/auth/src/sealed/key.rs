//! Keys that seal.

use super::{
    KeptSecret, SealedEnvelope, SealedRow, Unopenable,
    envelope::{NONCE, header},
    padding::{pad, unpad},
};
use crate::Pepper;
use aes_gcm_siv::{AeadInOut, Aes256GcmSiv, KeyInit};
use rand::CryptoRng;
use std::fmt;
use uuid::Uuid;
use zeroize::Zeroizing;

/// What keys are derived for, before their ids.
const PURPOSE: &[u8] = b"g8 sealed value v1";

/// A key under which values are sealed and opened. Never printed, overwritten when dropped.
pub struct SealingKey {
    id: Uuid,
    bytes: Zeroizing<[u8; 32]>,
}

impl SealingKey {
    /// Bytes of a salt.
    pub const SALT_BYTES: usize = 32;

    /// What makes a new key another than those before. It is stored with the key's id, and destroyed when
    /// nothing is sealed under the key any more.
    pub fn fresh_salt(rng: &mut dyn CryptoRng) -> [u8; Self::SALT_BYTES] {
        let mut salt = [0; Self::SALT_BYTES];
        rng.fill_bytes(&mut salt);
        salt
    }

    /// The key that an installation has under an id and its stored salt; none where that is no salt.
    #[must_use]
    pub fn derive(pepper: &Pepper, id: Uuid, salt: &[u8]) -> Option<Self> {
        let bytes = pepper.derive(salt.try_into().ok()?, &[PURPOSE, id.as_bytes()]);
        Some(Self { id, bytes })
    }

    /// What envelopes call it.
    #[must_use]
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// Seals a secret for one row. Sealed again it is another envelope.
    pub fn seal(&self, row: &SealedRow<'_>, secret: &KeptSecret, rng: &mut dyn CryptoRng) -> SealedEnvelope {
        let mut nonce = [0; NONCE];
        rng.fill_bytes(&mut nonce);
        self.seal_with(&nonce, row, secret)
    }

    pub(super) fn seal_with(
        &self,
        nonce: &[u8; NONCE],
        row: &SealedRow<'_>,
        secret: &KeptSecret,
    ) -> SealedEnvelope {
        let mut bytes = pad(secret);
        let sealed = self.cipher().encrypt_inout_detached(
            nonce.into(),
            &row.associated(&header(self.id)),
            bytes.as_mut_slice().into(),
        );
        match sealed {
            Ok(tag) => SealedEnvelope::of(self.id, nonce, &bytes, tag.as_ref()),
            Err(error) => unreachable!("AES-GCM-SIV takes up to 64 GiB: {error}"),
        }
    }

    /// Opens what was sealed under this key for this row.
    ///
    /// # Errors
    /// It was not, or was changed since.
    pub fn open(&self, row: &SealedRow<'_>, envelope: &SealedEnvelope) -> Result<KeptSecret, Unopenable> {
        let (nonce, ciphertext, tag) =
            envelope.parts().filter(|_| envelope.key() == self.id).ok_or(Unopenable)?;
        let mut bytes = Zeroizing::new(ciphertext.to_vec());
        let opened = self.cipher().decrypt_inout_detached(
            nonce.into(),
            &row.associated(&header(self.id)),
            bytes.as_mut_slice().into(),
            tag.into(),
        );
        opened.map_err(|_| Unopenable)?;
        unpad(&bytes).ok_or(Unopenable)
    }

    fn cipher(&self) -> Aes256GcmSiv {
        Aes256GcmSiv::new((&*self.bytes).into())
    }
}

impl fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SealingKey({})", self.id)
    }
}

#[cfg(test)]
impl SealingKey {
    /// The same bytes under another name.
    pub(super) fn renamed(self, id: Uuid) -> Self {
        Self { id, ..self }
    }
}

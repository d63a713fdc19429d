//! Tokens that let one exact thing be done, for a short time: what they are bound to is signed, not shown.

use crate::Pepper;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use g8_domain::Ts;
use hmac::{Hmac, KeyInit, Mac};
use rand::CryptoRng;
use sha2::Sha256;
use std::fmt;
use uuid::Uuid;

/// The bytes of an id, a time and a signature.
const LENGTH: usize = 16 + 8 + 32;

/// A signing key. Never printed.
#[derive(Clone)]
pub struct Seal([u8; 32]);

/// What a token says of itself once its signature has been checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sealed {
    /// Tells it from every other, so that it can be taken once.
    pub id: Uuid,
    /// From when on it is worth nothing.
    pub until: Ts,
}

/// Why a token is worth nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// It was not made here, or for something else.
    Foreign,
    /// It is too old.
    Late,
}

impl Seal {
    /// The installation's key for one purpose: the same on all its servers.
    #[must_use]
    pub fn of(pepper: &Pepper, purpose: &str) -> Self {
        Self(pepper.mac("seal", purpose.as_bytes()))
    }

    /// A key that is forgotten with the program.
    pub fn fresh(rng: &mut dyn CryptoRng) -> Self {
        let mut bytes = [0; 32];
        rng.fill_bytes(&mut bytes);
        Self(bytes)
    }

    /// A token that is good for exactly these texts, until then.
    #[must_use]
    pub fn seal(&self, sealed: Sealed, bound: &[&str]) -> String {
        let mac = self.mac(sealed, bound).finalize().into_bytes();
        let until = sealed.until.0.to_be_bytes();
        URL_SAFE_NO_PAD.encode([sealed.id.as_bytes().as_slice(), &until, &mac].concat())
    }

    /// What a token says, if it was made for exactly these texts.
    ///
    /// # Errors
    /// It was not, or its time is over.
    pub fn open(&self, token: &str, bound: &[&str], now: Ts) -> Result<Sealed, Broken> {
        let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| Broken::Foreign)?;
        let bytes: [u8; LENGTH] = bytes.try_into().map_err(|_| Broken::Foreign)?;
        let (mut id, mut until) = ([0; 16], [0; 8]);
        id.copy_from_slice(&bytes[..16]);
        until.copy_from_slice(&bytes[16..24]);
        let sealed = Sealed { id: Uuid::from_bytes(id), until: Ts(i64::from_be_bytes(until)) };
        self.mac(sealed, bound).verify_slice(&bytes[24..]).map_err(|_| Broken::Foreign)?;
        if sealed.until <= now { Err(Broken::Late) } else { Ok(sealed) }
    }

    fn mac(&self, sealed: Sealed, bound: &[&str]) -> Hmac<Sha256> {
        let mut mac = match Hmac::<Sha256>::new_from_slice(&self.0) {
            Ok(mac) => mac,
            Err(error) => unreachable!("HMAC takes keys of every length: {error}"),
        };
        mac.update(sealed.id.as_bytes());
        mac.update(&sealed.until.0.to_be_bytes());
        for text in bound {
            // With its length before it, no text can pass as a part of its neighbour.
            mac.update(&(text.len() as u64).to_be_bytes());
            mac.update(text.as_bytes());
        }
        mac
    }
}

impl fmt::Debug for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seal(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SEALED: Sealed = Sealed { id: Uuid::from_u128(9), until: Ts(100) };

    fn seal(purpose: &str) -> Seal {
        Seal::of(&Pepper::new(vec![7; 32]).unwrap(), purpose)
    }

    #[test]
    fn a_token_is_good_for_what_it_was_made_for_until_its_time() {
        let token = seal("a").seal(SEALED, &["ann", "delete", "5"]);
        let open = |bound: &[&str], now| seal("a").open(&token, bound, Ts(now));
        assert_eq!(open(&["ann", "delete", "5"], 99), Ok(SEALED));
        assert_eq!(open(&["ann", "delete", "5"], 100), Err(Broken::Late));
        for other in
            [&["bob", "delete", "5"][..], &["ann", "delete5", ""], &["ann", "delete"], &["anndelete5"]]
        {
            assert_eq!(open(other, 99), Err(Broken::Foreign));
        }
        assert_eq!(seal("b").open(&token, &["ann", "delete", "5"], Ts(0)), Err(Broken::Foreign));
        assert_eq!(format!("{:?}", seal("a")), "Seal(…)");
    }

    proptest! {
        #[test]
        fn nothing_else_opens(text in ".{0,120}", at in 0..75_usize) {
            prop_assert!(seal("a").open(&text, &[], Ts(0)).is_err());
            let mut token = seal("a").seal(SEALED, &["x"]).into_bytes();
            token[at] = if token[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(token).unwrap();
            // The last letter of 56 bytes has bits that mean nothing, and base64 refuses those that are set.
            prop_assert!(seal("a").open(&changed, &["x"], Ts(0)).is_err());
        }
    }
}

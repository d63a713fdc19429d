//! Credentials that must be read again, as a mailbox's password or a vendor's refresh token, at rest.
//!
//! A [`KeptSecret`] is sealed with AES-256-GCM-SIV (RFC 8452) under a [`SealingKey`]. The key is derived from
//! the installation's secret key and a random salt that lies in the database: neither opens anything alone, and
//! a salt that is destroyed takes every copy of what was sealed under it along. A [`SealedEnvelope`] opens in
//! the row that it was sealed for, and nowhere else ([`SealedRow`]).
//!
//! Why this cipher: nonces are drawn at random, and randomness repeats where a machine is copied while it runs.
//! Under AES-GCM or (X)ChaCha20-Poly1305 two values under one nonce give each other away; here somebody learns
//! at most that one row holds the same value as before.
//!
//! What is not promised: whoever can write to the database can put an older envelope back into its own row.

mod envelope;
mod key;
mod padding;
mod row;
mod secret;

pub use envelope::{SealedEnvelope, Unopenable};
pub use key::SealingKey;
pub use row::SealedRow;
pub use secret::KeptSecret;

#[cfg(test)]
mod tests;

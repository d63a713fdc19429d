//! Passwords: argon2id with the crate's current parameters (OWASP's minimum: 19 MiB, 2 passes).

use argon2::{Argon2, PasswordHasher, PasswordVerifier, password_hash::phc::PasswordHash};
use g8_domain::Error;

/// The hash to store, in PHC form. Takes about 30 ms and 19 MiB: call it on a blocking thread.
///
/// # Errors
/// A password outside 8 to 256 characters.
pub fn hash_password(password: &str, salt: &[u8; 16]) -> Result<String, Error> {
    if !(8..=256).contains(&password.chars().count()) {
        return Err(Error::field("password", "must have 8 to 256 characters"));
    }
    let hash = Argon2::default().hash_password_with_salt(password.as_bytes(), salt);
    Ok(hash.map_err(|error| Error::internal(error.to_string()))?.to_string())
}

/// Whether `password` is the one that was hashed; an unreadable hash matches nothing.
#[must_use]
pub fn verify_password(password: &str, stored: &str) -> bool {
    PasswordHash::new(stored)
        .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_verifies_against_its_argon2id_hash_only() {
        let hash = hash_password("correct horse", &[7; 16]).unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert!(verify_password("correct horse", &hash));
        assert!(!verify_password("battery staple", &hash) && !verify_password("correct horse", "nonsense"));
        assert!(hash_password("short", &[7; 16]).is_err());
    }
}

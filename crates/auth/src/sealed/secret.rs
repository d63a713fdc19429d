//! A secret that has been opened, on its way to the server that wants it.

use std::fmt;
use zeroize::Zeroizing;

/// A text that must be read again and never be shown: a password, a token, a JSON credential. It is
/// overwritten when it is dropped.
///
/// It can be neither serialized nor printed, so it gets into no answer, stored answer, event, export or log:
///
/// ```compile_fail
/// let secret = g8_auth::KeptSecret::new("hunter2".to_owned()).unwrap();
/// serde_json::to_string(&secret).unwrap();
/// ```
///
/// ```compile_fail
/// let secret = g8_auth::KeptSecret::new("hunter2".to_owned()).unwrap();
/// format!("{secret}");
/// ```
///
/// ```
/// let secret = g8_auth::KeptSecret::new("hunter2".to_owned()).unwrap();
/// serde_json::to_string(secret.reveal()).unwrap();
/// assert_eq!(format!("{secret:?}"), "KeptSecret(…)");
/// ```
pub struct KeptSecret(Zeroizing<String>);

impl KeptSecret {
    /// Most bytes of a secret.
    pub const MAX_BYTES: usize = 64 * 1024;

    /// A secret of this text; none where it is longer than [`Self::MAX_BYTES`].
    #[must_use]
    pub fn new(text: String) -> Option<Self> {
        let text = Zeroizing::new(text);
        (text.len() <= Self::MAX_BYTES).then_some(Self(text))
    }

    /// The secret itself, for the one server that wants it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for KeptSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeptSecret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use static_assertions::assert_not_impl_any;

    // Each of these would be a way out. Comparing would be one through time.
    assert_not_impl_any!(
        KeptSecret: serde::Serialize, schemars::JsonSchema, fmt::Display, AsRef<str>, AsRef<[u8]>,
        std::ops::Deref, Into<String>, PartialEq
    );

    #[test]
    fn a_secret_is_bounded_and_hides_itself() {
        let of = |bytes| KeptSecret::new("x".repeat(bytes));
        assert_eq!(of(KeptSecret::MAX_BYTES).unwrap().reveal().len(), 65_536);
        assert!(of(KeptSecret::MAX_BYTES + 1).is_none());
        let shown = format!("{:?}", KeptSecret::new("hunter2".to_owned()));
        assert_eq!(shown, "Some(KeptSecret(…))");
    }
}

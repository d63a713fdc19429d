//! Secrets that open something: a label such as `g8_live_`, 43 random letters and digits (256 bits),
//! and six that check the rest.
//!
//! The checksum is CRC-32 in base 62, as GitHub's tokens have it: a secret scanner can tell a real
//! key from a look-alike without asking anyone, and a mistyped key never reaches the database.

use crate::Pepper;
use g8_domain::record::KeyMode;
use rand::{
    CryptoRng, SeedableRng,
    distr::{Alphanumeric, SampleString},
    rngs::StdRng,
};
use std::fmt;
use uuid::Uuid;

const SECRET: usize = 43;
const CHECK: usize = 6;
const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// What a token opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// The interface, on real data.
    Live,
    /// The interface, marked as a test.
    Test,
    /// The console, for one browser.
    Session,
    /// A link that works once: setting up, an invitation, a new password.
    Link,
    /// The tools, for one assistant and a short time (OAuth).
    Access,
    /// New access for that assistant (OAuth).
    Refresh,
    /// The first access for it (OAuth).
    Code,
    /// The program itself, where it asked for a secret (OAuth).
    Client,
}

impl Label {
    const ALL: [Self; 8] = [
        Self::Live,
        Self::Test,
        Self::Session,
        Self::Link,
        Self::Access,
        Self::Refresh,
        Self::Code,
        Self::Client,
    ];

    fn word(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Test => "test",
            Self::Session => "session",
            Self::Link => "link",
            Self::Access => "access",
            Self::Refresh => "refresh",
            Self::Code => "code",
            Self::Client => "client",
        }
    }

    /// What its digests are made for: none serves two purposes.
    fn purpose(self) -> &'static str {
        match self {
            Self::Live | Self::Test => "api key",
            other => other.word(),
        }
    }
}

impl From<KeyMode> for Label {
    fn from(mode: KeyMode) -> Self {
        match mode {
            KeyMode::Live => Self::Live,
            KeyMode::Test => Self::Test,
        }
    }
}

/// A secret. Printing it takes [`Token::reveal`]; the debug form does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Token {
    label: Label,
    text: String,
}

impl Token {
    /// A new token from the context's randomness.
    pub fn generate(label: impl Into<Label>, rng: &mut impl CryptoRng) -> Self {
        let label = label.into();
        let body = format!("g8_{}_{}", label.word(), Alphanumeric.sample_string(rng, SECRET));
        let check = checksum(&body);
        Self { label, text: body + &check }
    }

    /// The token that belongs to an id: made from the installation's secret key whenever it is needed, and
    /// stored nowhere, so that it can be mailed later.
    #[must_use]
    pub fn derived(label: Label, pepper: &Pepper, id: Uuid) -> Self {
        let seed = pepper.mac("derived token", &[label.word().as_bytes(), id.as_bytes()].concat());
        Self::generate(label, &mut StdRng::from_seed(seed))
    }

    /// Reads a token and verifies its checksum, offline.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (word, secret) = text.strip_prefix("g8_")?.split_once('_')?;
        let label = Label::ALL.into_iter().find(|label| label.word() == word)?;
        let fits = secret.len() == SECRET + CHECK && secret.bytes().all(|b| b.is_ascii_alphanumeric());
        let (body, check) = text.split_at_checked(text.len().checked_sub(CHECK)?)?;
        (fits && checksum(body) == check).then(|| Self { label, text: text.to_owned() })
    }

    /// A token that must open this.
    #[must_use]
    pub fn of(label: Label, text: &str) -> Option<Self> {
        Self::parse(text).filter(|token| token.label == label)
    }

    /// What it opens.
    #[must_use]
    pub fn label(&self) -> Label {
        self.label
    }

    /// The first characters, safe to show: which key, not what it opens.
    #[must_use]
    pub fn prefix(&self) -> &str {
        &self.text[..12]
    }

    /// What is stored in the token's place.
    #[must_use]
    pub fn digest(&self, pepper: &Pepper) -> [u8; 32] {
        pepper.mac(self.label.purpose(), self.text.as_bytes())
    }

    /// The secret itself, for the one answer that shows it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Token({}…)", self.prefix())
    }
}

fn checksum(body: &str) -> String {
    let mut rest = crc32fast::hash(body.as_bytes()) as usize;
    let mut digits = [b'0'; CHECK];
    for digit in digits.iter_mut().rev() {
        *digit = DIGITS[rest % 62];
        rest /= 62;
    }
    digits.iter().map(|digit| char::from(*digit)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "(g8_(live|test|session)_)?\\PC{0,64}", like in "g8_live_[0-9A-Za-z]{48,50}") {
            prop_assert_eq!(Token::parse(&text), None);
            // One in 56 billion has a checksum that fits.
            prop_assert_eq!(Token::parse(&like), None);
        }

        #[test]
        fn what_is_made_is_read(seed: u64, cut in 1_usize..57) {
            let token = Token::generate(KeyMode::Live, &mut StdRng::seed_from_u64(seed));
            let text = token.reveal().to_owned();
            prop_assert_eq!(Token::parse(&text[..cut]), None);
            prop_assert_eq!(Token::parse(&text), Some(token));
        }
    }

    #[test]
    fn a_token_checks_itself_and_a_typo_is_seen_offline() {
        let token = Token::generate(KeyMode::Live, &mut StdRng::seed_from_u64(7));
        let text = token.reveal().to_owned();
        assert_eq!(text.len(), 8 + SECRET + CHECK);
        assert_eq!(Token::parse(&text), Some(token));
        for at in 8..text.len() {
            let mut typo = text.clone().into_bytes();
            typo[at] = if typo[at] == b'x' { b'y' } else { b'x' };
            assert_eq!(Token::parse(&String::from_utf8(typo).unwrap()), None, "typo at {at}");
        }
        assert_eq!(Token::parse(&text.replace("g8_live_", "g8_test_")), None);
    }

    #[test]
    fn printing_a_token_for_a_log_hides_it() {
        let token = Token::generate(KeyMode::Test, &mut StdRng::seed_from_u64(7));
        let shown = format!("{token:?}");
        assert!(shown.starts_with("Token(g8_test_") && !shown.contains(&token.reveal()[12..]));
    }
}

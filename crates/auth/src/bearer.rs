//! The `Authorization` header (seeds 001 and 002), and why a credential is refused.

use crate::{Token, token::Label};
use g8_domain::{Error, ErrorKind};
use serde_json::json;

/// The door that a credential is shown at: each takes its own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Audience {
    /// The interface for programs: API keys only (seed 001).
    #[default]
    Api,
    /// The tools for assistants: API keys, and what OAuth gave.
    Tools,
    /// The console: a browser's session.
    Console,
}

impl Audience {
    fn takes(self, label: Label) -> Result<(), BearerError> {
        match (self, label) {
            (Self::Api | Self::Tools, Label::Live | Label::Test)
            | (Self::Tools, Label::Access)
            | (Self::Console, Label::Session) => Ok(()),
            (Self::Api, Label::Access) => Err(BearerError::ToolsOnly),
            _ => Err(BearerError::Invalid),
        }
    }
}

/// Every way a credential fails; each answers 401 with this `data.reason`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BearerError {
    /// No header at all.
    MissingHeader,
    /// A header that is not `Bearer <key>`.
    MalformedHeader,
    /// A browser session's token instead of a key.
    Jwt,
    /// An assistant's token in place of a key.
    ToolsOnly,
    /// No such key, or a mistyped one.
    Invalid,
    /// Past its expiry.
    Expired,
    /// Revoked.
    Revoked,
    /// The organisation is gone, or the user of a personal key has left it.
    NoOrganization,
}

impl BearerError {
    fn reason(self) -> (&'static str, &'static str) {
        match self {
            Self::MissingHeader => {
                ("missing_header", "Missing Authorization header. Use: Authorization: Bearer <api_key>")
            }
            Self::MalformedHeader => {
                ("malformed_header", "Malformed Authorization header. Use: Authorization: Bearer <api_key>")
            }
            Self::Jwt => (
                "jwt_not_accepted",
                "A JWT was sent. This API takes API keys only; create one under Settings, API.",
            ),
            Self::ToolsOnly => (
                "oauth_token_not_accepted",
                "An OAuth token was sent; it opens the MCP endpoint only. This API takes API keys; create one under \
                 Settings, API.",
            ),
            Self::Invalid => ("invalid_key", "This API key is not valid. Check that it was copied whole."),
            Self::Expired => ("expired_key", "This API key has expired. Create a new one."),
            Self::Revoked => ("revoked_key", "This API key was revoked. Create a new one."),
            Self::NoOrganization => (
                "no_organization",
                "This API key is not associated with an organization. Create one under Settings, API.",
            ),
        }
    }
}

impl From<BearerError> for Error {
    fn from(refusal: BearerError) -> Self {
        let (reason, message) = refusal.reason();
        Self::new(ErrorKind::Unauthorized, message).with(json!({ "reason": reason }))
    }
}

/// The token of an `Authorization` header.
///
/// # Errors
/// Why there is none: missing, malformed, a JWT, a text that cannot be a key of ours, or one for another door.
pub fn bearer(header: Option<&[u8]>, audience: Audience) -> Result<Token, BearerError> {
    let header = header.ok_or(BearerError::MissingHeader)?;
    let header = std::str::from_utf8(header).map_err(|_| BearerError::MalformedHeader)?;
    let (scheme, secret) = header.trim().split_once(' ').ok_or(BearerError::MalformedHeader)?;
    let secret = secret.trim();
    if !scheme.eq_ignore_ascii_case("bearer") || secret.is_empty() || secret.contains(char::is_whitespace) {
        return Err(BearerError::MalformedHeader);
    }
    // RFC 7519: three base64url parts, the first a JSON object.
    if secret.starts_with("ey") && secret.split('.').count() == 3 {
        return Err(BearerError::Jwt);
    }
    let token = Token::parse(secret).ok_or(BearerError::Invalid)?;
    audience.takes(token.label())?;
    Ok(token)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_header_of_a_stranger_opens_or_breaks_anything(header: Vec<u8>, words in "(?i)bearer {1,3}.{0,80}") {
            prop_assert!(bearer(Some(&header), Audience::Api).is_err());
            prop_assert!(bearer(Some(words.as_bytes()), Audience::Tools).is_err());
        }

        #[test]
        fn a_token_of_another_shape_is_refused(text in "g8_(live|test)_\\PC{0,60}") {
            prop_assert_eq!(bearer(Some(format!("Bearer {text}").as_bytes()), Audience::Api).is_ok(), Token::parse(&text).is_some());
        }
    }

    #[test]
    fn each_wrong_header_has_its_own_reason() {
        let of = |header: &[u8]| bearer(Some(header), Audience::Api).unwrap_err();
        assert_eq!(bearer(None, Audience::Api).unwrap_err(), BearerError::MissingHeader);
        for malformed in ["", "Bearer", "Bearer ", "Basic abc", "g8_live_x", "Bearer a b"] {
            assert_eq!(of(malformed.as_bytes()), BearerError::MalformedHeader, "{malformed}");
        }
        assert_eq!(of(b"Bearer \xff\xfe"), BearerError::MalformedHeader);
        assert_eq!(of(b"Bearer eyJhbGciOiJIUzI1NiJ9.e30.c2ln"), BearerError::Jwt);
        assert_eq!(of(b"Bearer g8_live_short"), BearerError::Invalid);
        assert_eq!(of(b"Bearer sk_live_somebody_elses_key"), BearerError::Invalid);
    }

    #[test]
    fn each_door_takes_its_own_tokens_only() {
        use rand::{SeedableRng, rngs::StdRng};
        let shown = |label: Label, audience: Audience| {
            let token = Token::generate(label, &mut StdRng::seed_from_u64(7));
            bearer(Some(format!("Bearer {}", token.reveal()).as_bytes()), audience).map(drop)
        };
        assert_eq!(shown(Label::Access, Audience::Api), Err(BearerError::ToolsOnly));
        assert_eq!(shown(Label::Access, Audience::Tools), Ok(()));
        assert_eq!(shown(Label::Live, Audience::Tools), Ok(()));
        assert_eq!(shown(Label::Session, Audience::Console), Ok(()));
        for label in [Label::Session, Label::Refresh, Label::Code, Label::Link, Label::Client] {
            assert_eq!(shown(label, Audience::Api), Err(BearerError::Invalid));
            assert_eq!(shown(label, Audience::Tools), Err(BearerError::Invalid));
        }
        assert_eq!(shown(Label::Live, Audience::Console), Err(BearerError::Invalid));
    }
}

//! Which headers a caller may set.

use reqwest::header::{HeaderName, HeaderValue};

/// The most headers of a request.
pub(crate) const MOST: usize = 64;
/// The longest value, in bytes.
const LONGEST: usize = 16 << 10;
/// Those of the connection (RFC 9110 §7.6.1), and those that follow from the body and from how the answer is read.
const OURS: &[&str] = &[
    "accept-encoding",
    "connection",
    "content-length",
    "content-type",
    "expect",
    "host",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// A header that may be set, or why not; a value is never repeated.
pub(crate) fn checked(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| "the name of a header is none")?;
    if OURS.contains(&name.as_str()) {
        return Err(format!("the header {name} is not the caller's to set"));
    }
    if value.len() > LONGEST {
        return Err(format!("the header {name} is longer than {LONGEST} bytes"));
    }
    // Other letters would be read by each server in its own way (RFC 9110 §5.5).
    let visible = HeaderValue::from_str(value).ok().filter(|_| value.is_ascii());
    let value = visible.ok_or_else(|| format!("the header {name} holds what is not visible ASCII"))?;
    Ok((name, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_can_be_slipped_in_by_a_header() {
        for value in ["a\r\nx-admin: 1", "a\nb", "a\rb", "a\0b", "ключ"] {
            let why = checked("x-api-key", value).unwrap_err();
            assert_eq!(why, "the header x-api-key holds what is not visible ASCII");
        }
        for name in ["x-a\r\nx-b", "x a", "x:a", "", "x-ä"] {
            assert_eq!(checked(name, "1").unwrap_err(), "the name of a header is none", "{name:?}");
        }
        assert!(checked("x-api-key", &"k".repeat(LONGEST)).is_ok());
        assert!(checked("x-api-key", &"k".repeat(LONGEST + 1)).is_err());
    }

    #[test]
    fn what_belongs_to_the_connection_or_the_body_cannot_be_set() {
        for name in
            ["Host", "Content-Length", "Transfer-Encoding", "connection", "TE", "Upgrade", "content-type"]
        {
            assert!(checked(name, "1").unwrap_err().ends_with("is not the caller's to set"), "{name}");
        }
        for name in ["accept", "User-Agent", "if-match", "x-api-token"] {
            assert!(checked(name, "1").is_ok(), "{name}");
        }
    }
}

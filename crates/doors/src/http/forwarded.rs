//! What proxies say of the requests they pass on: `X-Forwarded-…`, and `Forwarded` (RFC 7239).

use axum::http::HeaderMap;

/// Headers that nobody sends for itself.
const MARKS: [&str; 8] = [
    "forwarded",
    "via",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-port",
    "x-forwarded-proto",
    "x-forwarded-server",
    "x-real-ip",
];

/// Whether anything says that the request was passed on.
pub fn is_forwarded(headers: &HeaderMap) -> bool {
    MARKS.iter().any(|name| headers.contains_key(*name))
}

/// Whether the caller's side of the proxies is HTTPS all the way; none where they do not say. What stands
/// before the last word may be forged and can only make it worse, as can the header that the proxy does
/// not write.
pub fn is_https(headers: &HeaderMap) -> Option<bool> {
    let plain = |word: &str| Some(word.trim().to_lowercase());
    let said = [hops(headers, "x-forwarded-proto", plain), hops(headers, "forwarded", proto)];
    let said: Vec<bool> = said.iter().filter_map(|hops| all_https(hops)).collect();
    (!said.is_empty()).then(|| said.iter().all(|https| *https))
}

fn all_https(hops: &[Option<String>]) -> Option<bool> {
    let mut named = hops.iter().flatten().peekable();
    named.peek()?;
    Some(named.all(|word| word == "https") && hops.last().is_some_and(Option::is_some))
}

/// One entry for each proxy that wrote into these headers.
fn hops(headers: &HeaderMap, name: &str, read: impl Fn(&str) -> Option<String>) -> Vec<Option<String>> {
    let lines = headers.get_all(name).iter();
    // What is no text is no word for HTTPS either.
    lines.flat_map(|line| split(line.to_str().unwrap_or("?"), ',').into_iter().map(&read)).collect()
}

/// The `proto` of an element as `for=192.0.2.60;proto="https"`.
fn proto(element: &str) -> Option<String> {
    split(element, ';').into_iter().find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        let value = value.trim().trim_matches('"').to_lowercase();
        name.trim().eq_ignore_ascii_case("proto").then_some(value)
    })
}

/// The parts between separators that do not stand in quotes.
fn split(text: &str, separator: char) -> Vec<&str> {
    let (mut quoted, mut escaped) = (false, false);
    text.split(|c: char| {
        let ends = c == separator && !quoted;
        quoted ^= c == '"' && !escaped;
        escaped = c == '\\' && quoted && !escaped;
        ends
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderName, HeaderValue};
    use proptest::prelude::*;

    fn headers(lines: &[(&'static str, &str)]) -> HeaderMap {
        let line = |(name, value): &(&'static str, &str)| {
            (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap())
        };
        lines.iter().map(line).collect()
    }

    #[test]
    fn every_word_must_be_https_and_the_last_must_be_there() {
        let proto = |values: &[&'static str]| {
            let lines: Vec<_> = values.iter().map(|value| ("x-forwarded-proto", *value)).collect();
            is_https(&headers(&lines))
        };
        assert_eq!(proto(&[]), None);
        for yes in [&["https"][..], &[" HTTPS "], &["https, https"], &["https", "https"]] {
            assert_eq!(proto(yes), Some(true), "{yes:?}");
        }
        for no in [
            &["http"][..],
            &[""],
            &["https, http"],
            &["http,https"],
            &["https", "http"],
            &["https,"],
            &["wss"],
        ] {
            assert_eq!(proto(no), Some(false), "{no:?}");
        }
        let forwarded = |value| is_https(&headers(&[("forwarded", value)]));
        assert_eq!(forwarded("for=192.0.2.60"), None);
        for yes in [
            "for=1.2.3.4;proto=https",
            "Proto=\"HTTPS\";for=\"[::1]:1\"",
            "proto=https, for=_x ; proto=https",
        ] {
            assert_eq!(forwarded(yes), Some(true), "{yes}");
        }
        for no in [
            "proto=http",
            "for=\"a,proto=https\";proto=http",
            "for=\"\\\";proto=https\";proto=http",
            // The caller's own words, before those of a proxy that says nothing of it.
            "proto=https, for=203.0.113.9",
            "proto=https, proto=http",
        ] {
            assert_eq!(forwarded(no), Some(false), "{no}");
        }
    }

    #[test]
    fn a_header_that_the_proxy_does_not_write_cannot_make_it_better() {
        let forged = [("forwarded", "proto=https"), ("x-forwarded-proto", "http")];
        assert_eq!(is_https(&headers(&forged)), Some(false));
        let forged = [("x-forwarded-proto", "https"), ("forwarded", "for=1.2.3.4;proto=http")];
        assert_eq!(is_https(&headers(&forged)), Some(false));
        assert!(is_forwarded(&headers(&[("via", "1.1 proxy")])) && !is_forwarded(&HeaderMap::new()));
    }

    proptest! {
        #[test]
        fn any_header_is_read(value in "[ -~]{0,60}", last in "(;| )?[a-z=\";]{0,9}") {
            // A last word of `http` is heard whatever stands before it outside of quotes.
            let line = format!("{},proto=http", value.replace(['"', '\\'], ""));
            prop_assert_eq!(is_https(&headers(&[("forwarded", &line)])), Some(false));
            let _ = is_https(&headers(&[("forwarded", &format!("{value}{last}"))]));
        }
    }
}

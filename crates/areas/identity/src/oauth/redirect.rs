//! Where codes may be sent to.

use url::{Host, Url, form_urlencoded};

/// Private-use schemes of editors and assistants that have no dot in them, as RFC 8252 §7.1 wants one.
const APPS: &[&str] = &[
    "claude",
    "cursor",
    "goose",
    "jetbrains",
    "kiro",
    "raycast",
    "vscode",
    "vscode-insiders",
    "vscodium",
    "warp",
    "windsurf",
    "windsurf-next",
    "zed",
];
const LONGEST: usize = 2000;

/// Where an address leads, as far as people and checks care.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// To a server.
    Web(String),
    /// To a program on the person's own computer, by this host.
    Loopback(String),
    /// To whatever program opens links of this scheme.
    App(String),
}

/// Where it leads; none for an address that codes are never sent to.
pub(super) fn target(uri: &str) -> Option<Target> {
    let plain = uri.len() <= LONGEST && uri.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if !plain || uri.contains(['#', '*', '"', '<', '>']) {
        return None;
    }
    let url = Url::parse(uri).ok()?;
    if !url.username().is_empty() || url.password().is_some() {
        return None;
    }
    match (url.scheme(), url.host()) {
        ("https", Some(host)) => Some(Target::Web(host.to_string())),
        ("http", Some(host)) => is_loopback(&host).then(|| Target::Loopback(host.to_string())),
        (scheme, _) if scheme.contains('.') || APPS.contains(&scheme) => Some(Target::App(scheme.to_owned())),
        _ => None,
    }
}

fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost",
        Host::Ipv4(address) => address.octets() == [127, 0, 0, 1],
        Host::Ipv6(address) => address.is_loopback(),
    }
}

/// Whether `given` is the address that was registered: byte for byte, but for the port of a loopback address,
/// which a program on somebody's computer cannot choose beforehand (RFC 8252 §7.3).
pub(super) fn fits(registered: &str, given: &str) -> bool {
    if registered == given {
        return true;
    }
    let loopback = |uri: &str| matches!(target(uri), Some(Target::Loopback(_)));
    loopback(registered) && loopback(given) && without_port(registered) == without_port(given)
}

/// Host and rest of a loopback address.
fn without_port(uri: &str) -> Option<(&str, &str)> {
    let rest = uri.strip_prefix("http://")?;
    let (authority, rest) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let host = match authority.rfind(':') {
        Some(at) if !authority[at..].contains(']') => &authority[..at],
        _ => authority,
    };
    Some((host, rest))
}

/// The address with what is to be told there.
pub(super) fn with(uri: &str, told: &[(&str, &str)]) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(told).finish();
    let joint = match uri.split_once('?') {
        None => "?",
        Some((_, "")) => "",
        Some(_) => "&",
    };
    format!("{uri}{joint}{query}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_go_to_https_to_loopback_and_to_programs_that_are_known() {
        for (uri, leads) in [
            ("https://claude.ai/api/mcp/auth_callback", Target::Web("claude.ai".into())),
            ("https://vscode.dev/redirect", Target::Web("vscode.dev".into())),
            ("http://localhost/callback", Target::Loopback("localhost".into())),
            ("http://127.0.0.1:33418/", Target::Loopback("127.0.0.1".into())),
            ("http://[::1]:1/x", Target::Loopback("[::1]".into())),
            ("cursor://anysphere.cursor-mcp/oauth/callback", Target::App("cursor".into())),
            ("com.example.app:/oauth", Target::App("com.example.app".into())),
        ] {
            assert_eq!(target(uri), Some(leads), "{uri}");
        }
        for uri in [
            "http://example.com/cb",
            "http://localhost.example.com/cb",
            "http://127.0.0.2/cb",
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "blob:https://x/y",
            "about:blank",
            "https://a@example.com/",
            "https://example.com/#x",
            "https://*.example.com/",
            "https://example.com\\@evil.com/",
            "https://example.com/ x",
            "//example.com/",
            "unknown://x/y",
            "",
        ] {
            assert_eq!(target(uri), None, "{uri}");
        }
    }

    #[test]
    fn only_the_port_of_a_loopback_address_is_free() {
        for (registered, given) in [
            ("http://localhost/callback", "http://localhost:49152/callback"),
            ("http://127.0.0.1:1/x?y=1", "http://127.0.0.1:2/x?y=1"),
            ("http://[::1]/cb", "http://[::1]:8/cb"),
            ("https://a.example/cb", "https://a.example/cb"),
        ] {
            assert!(fits(registered, given), "{registered} {given}");
        }
        for (registered, given) in [
            ("http://localhost/callback", "http://127.0.0.1:1/callback"),
            ("http://localhost/callback", "http://localhost:1/callback/"),
            ("http://localhost/callback", "http://localhost:1/callback?x=1"),
            ("http://localhost/callback", "https://localhost/callback"),
            ("http://localhost/callback", "http://localhost:1@evil.com/callback"),
            ("http://localhost/callback", "http://localhost:80.evil.com/callback"),
            ("https://a.example/cb", "https://a.example:444/cb"),
            ("https://a.example/cb", "https://a.example/cb/"),
            ("https://a.example/cb", "https://A.example/cb"),
            ("cursor://x/cb", "cursor://x:1/cb"),
        ] {
            assert!(!fits(registered, given), "{registered} {given}");
        }
    }

    #[test]
    fn what_is_told_joins_the_query_that_is_there() {
        assert_eq!(with("https://a/b", &[("code", "x y")]), "https://a/b?code=x+y");
        assert_eq!(with("https://a/b?c=d", &[("code", "1")]), "https://a/b?c=d&code=1");
        assert_eq!(with("https://a/b?", &[("code", "1")]), "https://a/b?code=1");
    }
}

//! Company domains as people type them: `https://www.Example.com/about` is `example.com`.

/// The bare registered name of a web site, in small letters and ASCII (IDNA), without `www.`.
///
/// # Errors
/// One clause that follows the field's name.
pub fn site(text: &str) -> Result<String, String> {
    let bad = || "must be a domain like example.com".to_owned();
    let text = text.trim();
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let host = match url::Host::parse(host.trim_end_matches('.')).map_err(|_| bad())? {
        url::Host::Domain(name) => name,
        url::Host::Ipv4(_) | url::Host::Ipv6(_) => return Err(bad()),
    };
    let name = host.strip_prefix("www.").unwrap_or(&host);
    let labels_fit = name.split('.').all(|label| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
    });
    if !name.contains('.') || name.len() > 253 || !labels_fit {
        return Err(bad());
    }
    Ok(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_many_spellings_of_one_site() {
        for text in
            ["example.com", "https://www.Example.com/about?x=1", "EXAMPLE.com.", "http://example.com:8080"]
        {
            assert_eq!(site(text), Ok("example.com".into()), "{text}");
        }
        for bad in ["", "localhost", "127.0.0.1", "exa mple.com", "-a.com", "a..com"] {
            assert!(site(bad).is_err(), "{bad}");
        }
    }
}

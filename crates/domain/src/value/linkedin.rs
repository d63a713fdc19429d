//! LinkedIn addresses: one person has one, however it was copied.

/// `https://www.linkedin.com/in/<name>` or `/company/<name>` from any usual spelling.
///
/// Country hosts (`de.linkedin.com`), missing schemes, tracking queries and trailing slashes vanish.
///
/// # Errors
/// One clause that follows the field's name.
pub fn linkedin(text: &str) -> Result<String, String> {
    let bad = || "must be a LinkedIn address like linkedin.com/in/ann-example".to_owned();
    let text = text.trim();
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let (host, path) = rest.split_once('/').ok_or_else(bad)?;
    let host = host.to_lowercase();
    if host != "linkedin.com" && !host.ends_with(".linkedin.com") {
        return Err(bad());
    }
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    let kind = parts.next().map(str::to_lowercase).ok_or_else(bad)?;
    let name = parts.next().map(str::to_lowercase).ok_or_else(bad)?;
    let known = ["in", "pub", "company", "school", "showcase", "sales"].contains(&kind.as_str());
    if !known || name.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(bad());
    }
    Ok(format!("https://www.linkedin.com/{kind}/{name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_has_one_address() {
        for text in [
            "linkedin.com/in/Ann-Example",
            "https://www.linkedin.com/in/ann-example/?utm_source=x",
            "http://de.linkedin.com/in/ann-example/de",
        ] {
            assert_eq!(linkedin(text), Ok("https://www.linkedin.com/in/ann-example".into()), "{text}");
        }
        for bad in ["ann-example", "https://linkedin.com", "https://evil.com/in/ann", "notlinkedin.com/in/a"]
        {
            assert!(linkedin(bad).is_err(), "{bad}");
        }
    }
}

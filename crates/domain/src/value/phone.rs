//! Phone numbers as people type them: `+49 (211) 123-45` is `+4921112345`.

/// The digits of a number, with a `+` before a country's code.
///
/// A number without a country's code stays without one: which country it is in is not known here.
///
/// # Errors
/// One clause that follows the field's name.
pub fn phone(text: &str) -> Result<String, String> {
    let bad = || "must be a phone number like +49 211 12345".to_owned();
    // What spreadsheets put before a text, and the extension behind it.
    let text = text.trim().trim_start_matches('\'').to_lowercase();
    let text = text.split(['x', ';', ',']).next().unwrap_or_default();
    let text = text.strip_suffix("e").map_or(text, str::trim_end);
    if !text.chars().all(|c| c.is_ascii_digit() || "+()-./ \u{a0}".contains(c)) {
        return Err(bad());
    }
    let digits: String = text.replace("(0)", "").chars().filter(char::is_ascii_digit).collect();
    let (international, digits) = match digits.strip_prefix("00") {
        Some(rest) if !text.starts_with('+') => (true, rest.to_owned()),
        _ => (text.starts_with('+') || text.starts_with("(+"), digits),
    };
    if !(5..=15).contains(&digits.len()) {
        return Err(bad());
    }
    Ok(if international { format!("+{digits}") } else { digits })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_many_spellings_of_one_number() {
        for text in
            ["+49 211 12345", "0049-211-12345", "+49 (0) 211/12345", "'+49.211.12345", "+4921112345 ext 7"]
        {
            assert_eq!(phone(text), Ok("+4921112345".into()), "{text}");
        }
        assert_eq!(phone("(0211) 12345"), Ok("021112345".into()));
        for bad in ["", "call me", "12", "+1234567890123456"] {
            assert!(phone(bad).is_err(), "{bad}");
        }
    }
}

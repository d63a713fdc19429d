//! E-mail addresses as people type them (RFC 5321 §4.5.3.1 for the lengths).

/// The address in small letters, or what is wrong with it, worded to follow the field's name.
///
/// Quoted local parts and address literals are refused: no mailbox a seller writes to has one, and
/// every list that carries one carries it by mistake.
///
/// # Errors
/// One clause, as `"must be an e-mail address like ann@example.com"`.
pub fn email(text: &str) -> Result<String, String> {
    let bad = || "must be an e-mail address like ann@example.com".to_owned();
    let address = text.trim().strip_prefix("mailto:").unwrap_or(text.trim()).to_lowercase();
    let (local, host) = address.rsplit_once('@').ok_or_else(bad)?;
    if local.len() > 64 || address.len() > 254 {
        return Err("must have at most 64 characters before the @ and 254 in all".to_owned());
    }
    let dots = local.starts_with('.') || local.ends_with('.') || local.contains("..");
    if local.is_empty() || dots || !local.chars().all(is_local) {
        return Err(bad());
    }
    let host = super::site(host).map_err(|_| bad())?;
    Ok(format!("{local}@{host}"))
}

fn is_local(c: char) -> bool {
    c.is_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_folded_and_faults_refused() {
        assert_eq!(email("  mailto:Ann.O'Neil+x@Example.COM "), Ok("ann.o'neil+x@example.com".into()));
        assert_eq!(email("jürgen@münchen.de"), Ok("jürgen@xn--mnchen-3ya.de".into()));
        for bad in ["ann", "@x.de", "a b@x.de", "a@b", "a@@b.de", ".a@b.de", "a..b@c.de", "a@-b.de"] {
            assert!(email(bad).is_err(), "{bad}");
        }
    }
}

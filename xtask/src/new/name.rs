//! Names in the forms in which code, addresses and sentences have them.

use crate::Result;

/// Checks a name: `cost_center`.
///
/// # Errors
/// One sentence that says what a name looks like.
pub fn check<'n>(what: &str, name: &'n str) -> Result<&'n str> {
    let mut letters = name.chars();
    let begins = letters.next().is_some_and(|letter| letter.is_ascii_lowercase());
    let goes_on =
        letters.all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_');
    if !begins || !goes_on || name.ends_with('_') || name.contains("__") || name.len() > 40 {
        return Err(format!(
            "{name:?} is no name of {what}: small letters and digits, words joined by single underscores, 40 at most"
        ));
    }
    if syn::parse_str::<syn::Ident>(name).is_err() {
        return Err(format!("{name:?} is a word of Rust's own and cannot name {what}"));
    }
    Ok(name)
}

/// Of several: `cost_centers`, `entries`.
pub fn plural(noun: &str) -> String {
    let vowel_before_y = noun.chars().rev().nth(1).is_some_and(|letter| "aeiou".contains(letter));
    match noun.strip_suffix('y') {
        Some(stem) if !vowel_before_y => format!("{stem}ies"),
        _ if ["s", "x", "z", "ch", "sh"].iter().any(|end| noun.ends_with(end)) => format!("{noun}es"),
        _ => format!("{noun}s"),
    }
}

/// `CostCenter`.
pub fn pascal(name: &str) -> String {
    name.split('_').map(capital).collect()
}

/// `cost-center`.
pub fn kebab(name: &str) -> String {
    name.replace('_', "-")
}

/// `cost center`.
pub fn words(name: &str) -> String {
    name.replace('_', " ")
}

/// With a capital at the start.
pub fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

/// `a` or `an`.
pub fn article(noun: &str) -> &'static str {
    if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_small_letters_joined_by_underscores_and_no_words_of_rust() {
        for good in ["ledger", "cost_center", "v2"] {
            assert_eq!(check("an area", good), Ok(good));
        }
        for bad in
            ["", "Ledger", "2nd", "a-b", "_a", "a_", "a__b", "../a", "a b", "ä", "match", "self", "async"]
        {
            assert!(check("an area", bad).unwrap_err().contains("an area"), "{bad}");
        }
    }

    #[test]
    fn forms_of_a_name() {
        let plurals = ["entry", "day", "box", "branch", "cost_center"].map(plural);
        assert_eq!(plurals, ["entries", "days", "boxes", "branches", "cost_centers"]);
        let name = "cost_center";
        assert_eq!(
            (pascal(name), kebab(name), words(name)),
            ("CostCenter".into(), "cost-center".into(), "cost center".into())
        );
        assert_eq!((capital("ledger").as_str(), article("entry"), article("deal")), ("Ledger", "an", "a"));
    }
}

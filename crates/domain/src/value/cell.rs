//! Texts on their way into a spreadsheet.

use std::borrow::Cow;

/// A cell that a spreadsheet shows and does not run (OWASP, "CSV Injection"): what begins like a formula and
/// is no number gets an apostrophe before it.
#[must_use]
pub fn cell(text: &str) -> Cow<'_, str> {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula && text.parse::<f64>().is_err() { format!("'{text}").into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_shown_and_numbers_stay_numbers() {
        let cells: Vec<Cow<'_, str>> = ["=1+1", "-5", "+49 211", "@SUM", "a=b"].map(cell).into();
        assert_eq!(cells, ["'=1+1", "-5", "'+49 211", "'@SUM", "a=b"]);
    }
}

//! Texts on their way into a spreadsheet.

use std::borrow::Cow;

/// A cell that a spreadsheet shows and does not run (OWASP, "CSV Injection"): what begins like a formula and
/// is no number gets an apostrophe before it, and so does what began with such an apostrophe: [`uncell`] takes
/// one away.
#[must_use]
pub fn cell(text: &str) -> Cow<'_, str> {
    let marked = is_marked(text) || is_formula(text) && text.parse::<f64>().is_err();
    if marked { format!("'{text}").into() } else { text.into() }
}

/// The text of a cell: without the apostrophe that only says that it is no formula.
#[must_use]
pub fn uncell(cell: &str) -> &str {
    if is_marked(cell) { &cell[1..] } else { cell }
}

fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

fn is_marked(text: &str) -> bool {
    text.starts_with('\'') && is_formula(text.trim_start_matches('\''))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_shown_and_numbers_stay_numbers() {
        let cells: Vec<Cow<'_, str>> = ["=1+1", "-5", "+49 211", "@SUM", "a=b"].map(cell).into();
        assert_eq!(cells, ["'=1+1", "-5", "'+49 211", "'@SUM", "a=b"]);
    }

    #[test]
    fn what_comes_back_is_what_went_out() {
        for text in ["=1+1", "-5", "+49 211", "'+49 211", "''=x", "O'Neil", "'quoted'", "'", ""] {
            assert_eq!(uncell(&cell(text)), text);
        }
        assert_eq!(uncell("'quoted'"), "'quoted'");
    }
}

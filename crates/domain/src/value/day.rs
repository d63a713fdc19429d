//! Calendar days, as `2026-12-31`.

use chrono::{DateTime, Datelike, NaiveDate};

/// The day that a text names, as it is stored; or what is wrong with it, worded to follow the field's name.
/// Of a moment with a time (RFC 3339) it is the day as written.
///
/// # Errors
/// One clause.
pub fn day(text: &str) -> Result<String, String> {
    let text = text.trim();
    let moment = || DateTime::parse_from_rfc3339(text).map(|at| at.date_naive());
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").or_else(|_| moment());
    let day = day.ok().filter(|day| (1900..=2999).contains(&day.year()));
    day.map(|day| day.to_string()).ok_or_else(|| "must be a day like 2026-12-31".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_moments_are_taken_and_nonsense_is_not() {
        assert_eq!(day(" 2026-12-31 "), Ok("2026-12-31".into()));
        assert_eq!(day("2026-12-31T23:30:00-05:00"), Ok("2026-12-31".into()));
        assert_eq!(day("2026-1-5"), Ok("2026-01-05".into()));
        for bad in ["", "2026-02-30", "31.12.2026", "99999-01-01", "0001-01-01", "soon"] {
            assert!(day(bad).is_err(), "{bad}");
        }
    }
}

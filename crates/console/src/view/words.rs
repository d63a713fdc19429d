//! Amounts, days, roles and the words of the API, as people read them.

use super::when;
use g8_domain::{Ts, page::Pagination, record::Role, value::Money};
use maud::{Markup, html};

/// A word of the API: `decision_maker` is "Decision maker".
pub fn word(text: &str) -> String {
    let text = text.replace(['_', '-'], " ").to_lowercase();
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A whole number, in groups of three digits.
pub fn number(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if number < 0 { format!("\u{2212}{text}") } else { text }
}

/// An amount with its currency; hundredths only where there are some.
pub fn money(amount: Money, currency: &str) -> String {
    let (units, hundredths) = (amount.0 / 100, amount.0.unsigned_abs() % 100);
    let sign = if amount.0 < 0 && units == 0 { "\u{2212}" } else { "" };
    let units = number(units);
    match hundredths {
        0 => format!("{currency} {units}"),
        rest => format!("{currency} {sign}{units}.{rest:02}"),
    }
}

/// A day like `2026-12-31` as "31 Dec 2026"; what is no day stays as it is.
pub fn day(iso: &str) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let parts: Vec<&str> = iso.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return iso.to_owned() };
    let month = month.parse::<usize>().ok().and_then(|month| MONTHS.get(month.checked_sub(1)?));
    month.map_or_else(|| iso.to_owned(), |month| format!("{} {month} {year}", day.trim_start_matches('0')))
}

/// When something is due: a day is the same everywhere, a time is shown in the reader's zone.
pub fn due(at: Ts) -> Markup {
    if at.0.rem_euclid(Ts::DAY) != 0 {
        return when(at);
    }
    let text = at.to_string();
    html! { (day(text.split('T').next().unwrap_or_default())) }
}

/// How many there are: "1 contact", "10,000+ contacts".
pub fn count(pagination: &Pagination, one: &str, many: &str) -> String {
    let more = if pagination.total_or_more { "+" } else { "" };
    let noun = if pagination.total == 1 { one } else { many };
    format!("{}{more} {noun}", number(pagination.total))
}

/// What a member is.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Admin => "Administrator",
        Role::Member => "Member",
        Role::ReadOnly => "Read only",
    }
}

/// The roles, as a choice.
pub fn roles() -> Vec<(String, String)> {
    let about = |one: Role| match one {
        Role::Admin => "Administrator: everything, other members included",
        Role::Member => "Member: works with the data",
        Role::ReadOnly => "Read only: looks",
    };
    let all = [Role::Member, Role::Admin, Role::ReadOnly];
    all.into_iter().map(|one| (one.word().to_owned(), about(one).to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_days_and_words_are_for_people() {
        assert_eq!(word("decision_maker"), "Decision maker");
        assert_eq!(word("HOT"), "Hot");
        for (hundredths, shown) in [
            (1_250_000, "USD 12,500"),
            (99, "USD 0.99"),
            (-99, "USD \u{2212}0.99"),
            (-150, "USD \u{2212}1.50"),
            (100_000_000_005, "USD 1,000,000,000.05"),
        ] {
            assert_eq!(money(Money(hundredths), "USD"), shown);
        }
        assert_eq!(day("2026-12-01"), "1 Dec 2026");
        assert_eq!((day("soon"), day("2026-13-01")), ("soon".to_owned(), "2026-13-01".to_owned()));
    }
}

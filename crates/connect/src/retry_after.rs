//! When a server wants to be asked again.

use g8_domain::Ts;
use std::time::UNIX_EPOCH;

/// What a server says in `Retry-After`: seconds, or a date (RFC 9110 §10.2.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryAfter {
    /// So many seconds from the answer on.
    Seconds(u64),
    /// At this moment.
    At(Ts),
}

impl RetryAfter {
    /// The longest wait that is believed, in seconds: a day, the longest window that vendors count in.
    pub const LONGEST: u64 = 86_400;

    /// Reads the header's value; nothing where it is neither a number nor a date.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
            // What is too large for a number is long enough.
            return Some(Self::Seconds(text.parse().unwrap_or(u64::MAX)));
        }
        let since = httpdate::parse_http_date(text).ok()?.duration_since(UNIX_EPOCH).ok()?;
        Some(Self::At(Ts(i64::try_from(since.as_micros()).ok()?)))
    }

    /// The seconds to wait from `now` on, rounded up, and no more than [`Self::LONGEST`].
    #[must_use]
    pub fn seconds(self, now: Ts) -> u64 {
        let wait = match self {
            Self::Seconds(seconds) => seconds,
            Self::At(at) => {
                let micros = u64::try_from(at.0.saturating_sub(now.0)).unwrap_or_default();
                micros.div_ceil(Ts::SECOND.unsigned_abs())
            }
        };
        wait.min(Self::LONGEST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 1994-11-06T08:49:37Z, the date of RFC 9110's examples.
    const THEN: i64 = 784_111_777;

    fn wait(text: &str, now: i64) -> Option<u64> {
        RetryAfter::parse(text).map(|said| said.seconds(Ts(now * Ts::SECOND)))
    }

    #[test]
    fn a_number_and_each_form_of_date_say_how_long_to_wait() {
        assert_eq!(wait(" 120 ", 0), Some(120));
        for date in
            ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"]
        {
            assert_eq!(wait(date, THEN - 90), Some(90), "{date}");
            assert_eq!(wait(date, THEN + 90), Some(0), "{date}");
        }
        let half = RetryAfter::At(Ts(1_500_000)).seconds(Ts(0));
        assert_eq!(half, 2, "never too early");
    }

    #[test]
    fn no_wait_is_longer_than_a_day() {
        assert_eq!(wait("99999999999999999999999999", 0), Some(86_400));
        assert_eq!(wait("Fri, 31 Dec 9999 23:59:59 GMT", THEN), Some(86_400));
    }

    #[test]
    fn what_is_neither_says_nothing() {
        for text in ["", "soon", "-5", "1.5", "2026-11-21T08:00:00Z", "Sun, 06 Nov 1994 08:49:37 CET"] {
            assert_eq!(wait(text, 0), None, "{text}");
        }
    }
}

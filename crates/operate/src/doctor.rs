//! Looks an installation over, and says of each part how it is and what to do about it.
//!
//! Nothing is changed: no database is made or migrated, no key is made.

mod database;
mod network;
mod place;
mod sealed;

use g8_config::Settings;
use g8_core::Clock;
use serde::Serialize;
use std::fmt;

/// How a check came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// As it should be.
    Ok,
    /// It works, and should be looked at.
    Warn,
    /// It does not work.
    Fail,
}

/// What a check found.
#[derive(Debug, Clone, Serialize)]
pub struct Finding {
    /// How it came out.
    pub verdict: Verdict,
    /// What was looked at.
    pub check: &'static str,
    /// One sentence; it names the way out unless all is well.
    pub says: String,
}

impl Finding {
    /// All is well.
    pub fn ok(check: &'static str, says: impl Into<String>) -> Self {
        Self { verdict: Verdict::Ok, check, says: says.into() }
    }

    /// It works, and should be looked at.
    pub fn warn(check: &'static str, says: impl Into<String>) -> Self {
        Self { verdict: Verdict::Warn, check, says: says.into() }
    }

    /// It does not work.
    pub fn fail(check: &'static str, says: impl Into<String>) -> Self {
        Self { verdict: Verdict::Fail, check, says: says.into() }
    }

    /// Whether it must be seen to.
    #[must_use]
    pub fn is_failure(&self) -> bool {
        self.verdict == Verdict::Fail
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = match self.verdict {
            Verdict::Ok => "ok  ",
            Verdict::Warn => "warn",
            Verdict::Fail => "FAIL",
        };
        write!(f, "{verdict}  {:<13} {}", self.check, self.says.replace('\n', " "))
    }
}

/// Looks a server's installation over.
pub async fn examine(settings: &Settings) -> Vec<Finding> {
    let mut findings = vec![place::settings(settings)];
    findings.extend(place::examine(settings));
    findings.extend(database::examine(settings).await);
    findings.push(network::port(settings.bind).await);
    findings
}

/// Whether the clock can be right at all.
fn clock(newest: Option<g8_domain::Ts>) -> Finding {
    /// 2026-01-01: nothing of ours is older.
    const EARLIEST: g8_domain::Ts = g8_domain::Ts(1_767_225_600_000_000);
    const CHECK: &str = "clock";
    let now = Clock::System.now();
    let says_when = format!("the clock says {now}");
    match newest {
        _ if now < EARLIEST => {
            Finding::fail(CHECK, format!("{says_when}, which is long past; set it, by NTP if you can"))
        }
        Some(newest) if newest > now.plus(60 * g8_domain::Ts::SECOND) => Finding::fail(
            CHECK,
            format!("{says_when}, but a change was recorded at {newest}; set the clock, by NTP if you can"),
        ),
        _ => Finding::ok(CHECK, says_when),
    }
}

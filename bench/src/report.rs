//! The table: a line compares a figure of ours with another's, and holds it to a goal.

use crate::load::Load;
use serde_json::{Value, json};
use std::{fmt, path::Path, time::Duration};

/// What a figure counts.
#[derive(Clone, Copy, PartialEq)]
pub enum Unit {
    PerSecond,
    Millis,
    Mebibytes,
}

/// A number that was measured.
#[derive(Clone, Copy)]
pub struct Figure(pub f64, pub Unit);

impl Figure {
    /// The requests of a load, each second.
    pub fn rate(load: Load) -> Self {
        Self(load.per_second, Unit::PerSecond)
    }

    /// A time.
    pub fn time(time: Duration) -> Self {
        Self(time.as_secs_f64() * 1e3, Unit::Millis)
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.1 {
            Unit::PerSecond => write!(f, "{:.0}/s", self.0),
            Unit::Millis => write!(f, "{:.2} ms", self.0),
            Unit::Mebibytes => write!(f, "{:.1} MiB", self.0),
        }
    }
}

/// What a line is held to: the ratio of ours to the other, or ours alone.
#[derive(Clone, Copy)]
pub enum Goal {
    RatioAtLeast(f64),
    RatioAtMost(f64),
    AtLeast(f64),
    AtMost(f64),
}

/// A line of the table.
pub struct Line {
    what: String,
    engine: &'static str,
    contacts: Option<u64>,
    ours: Figure,
    other: Option<(&'static str, Figure)>,
    goal: Option<Goal>,
    load: Option<Load>,
}

impl Line {
    /// A figure of ours.
    pub fn new(what: impl Into<String>, ours: Figure) -> Self {
        Self { what: what.into(), engine: "", contacts: None, ours, other: None, goal: None, load: None }
    }

    /// The requests each second of a load of ours.
    pub fn rate(what: impl Into<String>, load: Load) -> Self {
        Self { load: Some(load), ..Self::new(what, Figure::rate(load)) }
    }

    /// On which engine and among how many contacts.
    pub fn at(mut self, engine: &'static str, contacts: u64) -> Self {
        (self.engine, self.contacts) = (engine, Some(contacts));
        self
    }

    /// What it is compared with.
    pub fn against(mut self, name: &'static str, other: Figure) -> Self {
        self.other = Some((name, other));
        self
    }

    /// What it should be.
    pub fn goal(mut self, goal: Goal) -> Self {
        self.goal = Some(goal);
        self
    }

    fn ratio(&self) -> Option<f64> {
        self.other.map(|(_, other)| self.ours.0 / other.0)
    }

    /// Whether the goal is met; unknown when what it compares was not measured.
    fn met(&self) -> Option<bool> {
        Some(match self.goal? {
            Goal::RatioAtLeast(least) => self.ratio()? >= least,
            Goal::RatioAtMost(most) => self.ratio()? <= most,
            Goal::AtLeast(least) => self.ours.0 >= least,
            Goal::AtMost(most) => self.ours.0 <= most,
        })
    }

    fn cells(&self) -> [String; 8] {
        let (name, other) = match self.other {
            Some((name, other)) => (name.to_owned(), other.to_string()),
            None => ("-".to_owned(), "-".to_owned()),
        };
        let unit = self.ours.1;
        let goal = self.goal.map(|goal| match goal {
            Goal::RatioAtLeast(least) => format!(">= {}", ratio(least)),
            Goal::RatioAtMost(most) => format!("<= {}", ratio(most)),
            Goal::AtLeast(least) => format!(">= {}", Figure(least, unit)),
            Goal::AtMost(most) => format!("<= {}", Figure(most, unit)),
        });
        let met = self.met().map(|met| if met { "met" } else { "NOT MET" });
        let dash = || "-".to_owned();
        [
            self.what.clone(),
            self.engine.to_owned(),
            self.contacts.map_or_else(String::new, |contacts| contacts.to_string()),
            self.ours.to_string(),
            other,
            name,
            self.ratio().map_or_else(dash, ratio),
            goal.map_or_else(dash, |goal| goal + " " + met.unwrap_or("?")),
        ]
    }

    fn json(&self) -> Value {
        let unit = match self.ours.1 {
            Unit::PerSecond => "per second",
            Unit::Millis => "ms",
            Unit::Mebibytes => "MiB",
        };
        json!({
            "what": self.what, "engine": self.engine, "contacts": self.contacts, "unit": unit,
            "ours": self.ours.0, "other": self.other.map(|(_, other)| other.0),
            "p50_ms": self.load.map(|load| load.p50.as_secs_f64() * 1e3),
            "p99_ms": self.load.map(|load| load.p99.as_secs_f64() * 1e3),
            "asking": self.load.map(|load| load.asking),
            "against": self.other.map(|(name, _)| name), "ratio": self.ratio(), "met": self.met(),
        })
    }
}

/// Under a half as 1/n, which is how such goals are said.
fn ratio(ratio: f64) -> String {
    if ratio <= 0.5 { format!("1/{:.1}", 1.0 / ratio) } else { format!("{ratio:.2}x") }
}

/// Everything a run found.
#[derive(Default)]
pub struct Report {
    lines: Vec<Line>,
    failures: Vec<String>,
}

impl Report {
    /// Takes what a scenario found, or why it could not.
    pub fn take(&mut self, scenario: &str, found: crate::Result<Vec<Line>>) {
        match found {
            Ok(lines) => self.lines.extend(lines),
            Err(cause) => self.fail(scenario, &cause.to_string()),
        }
    }

    /// Takes why something could not be measured.
    pub fn fail(&mut self, scenario: &str, cause: &str) {
        eprintln!("{scenario}: {cause}");
        self.failures.push(format!("{scenario}: {cause}"));
    }

    /// Whether everything ran; goals are not asked.
    pub fn is_whole(&self) -> bool {
        self.failures.is_empty()
    }

    /// Prints the table.
    pub fn print(&self, about: &[String]) {
        let head = ["what", "engine", "contacts", "ours", "other", "of", "ratio", "goal"].map(str::to_owned);
        let rows: Vec<[String; 8]> =
            std::iter::once(head).chain(self.lines.iter().map(Line::cells)).collect();
        let width = |at: usize| rows.iter().map(|row| row[at].chars().count()).max().unwrap_or_default();
        for row in &rows {
            let cells = row.iter().enumerate().map(|(at, cell)| match at {
                2..=4 | 6 => format!("{cell:>width$}", width = width(at)),
                _ => format!("{cell:<width$}", width = width(at)),
            });
            println!("{}", cells.collect::<Vec<_>>().join("  ").trim_end());
        }
        println!("\n{}", about.join("\n"));
        let judged: Vec<bool> = self.lines.iter().filter_map(Line::met).collect();
        println!("{} of {} goals met", judged.iter().filter(|met| **met).count(), judged.len());
        for failure in &self.failures {
            println!("could not run: {failure}");
        }
    }

    /// Writes the numbers to a file.
    pub fn write_json(&self, file: &Path, about: &[String]) -> crate::Result {
        let lines: Vec<Value> = self.lines.iter().map(Line::json).collect();
        let whole = json!({ "about": about, "lines": lines, "failures": self.failures });
        Ok(std::fs::write(file, format!("{whole:#}\n"))?)
    }
}

//! One table: a column for each world.

use crate::flow::Outcome;

/// Prints it; false when anything was wrong.
pub fn print(places: &[String], outcomes: &[Outcome], faults: &[String]) -> bool {
    let mut table = Table { outcomes, wrong: !faults.is_empty() };
    table.head();
    table.row("writes acknowledged", |outcome| outcome.counts.acknowledged as u64);
    table.row("requests sent again", |outcome| outcome.repeats);
    table.row("events", |outcome| outcome.counts.events as u64);
    table.row("deliveries taken", |outcome| outcome.counts.deliveries as u64);
    table.row("  of them again (allowed)", |outcome| outcome.counts.duplicates as u64);
    table.row("deliveries refused", |outcome| outcome.counts.refused as u64);
    table.row("claims of jobs", |outcome| outcome.counts.claims as u64);
    table.row("holds of claims", |outcome| outcome.counts.holds as u64);
    for place in places {
        table.row(&format!("killed at {place}"), |outcome| {
            outcome.deaths.by_place.get(place).copied().unwrap_or_default()
        });
    }
    table.row("killed at any moment", |outcome| outcome.deaths.random);
    table.row("stopped beyond the lease", |outcome| outcome.deaths.stops);
    // Servers were killed, the database never was: whoever is answered is answered well.
    table.fault("answers of 5xx", |outcome| usize::try_from(outcome.unwell).unwrap_or(usize::MAX));
    table.fault("places never reached", |outcome| outcome.deaths.unreached.len());
    let kinds = outcomes.first().map_or(0, |outcome| outcome.counts.faults.len());
    for number in 0..kinds {
        let name = outcomes.first().map_or("", |outcome| outcome.counts.faults[number].0);
        table.fault(name, |outcome| outcome.counts.faults[number].1);
    }
    table.fault("other faults", |outcome| outcome.faults.len());
    for outcome in outcomes {
        for fault in outcome.faults.iter().chain(&outcome.deaths.unreached) {
            println!("{}: {fault}", outcome.kind.name());
        }
    }
    faults.iter().for_each(|fault| println!("{fault}"));
    println!("{}", if table.wrong { "FAULTS were found" } else { "no fault" });
    !table.wrong
}

struct Table<'a> {
    outcomes: &'a [Outcome],
    wrong: bool,
}

impl Table<'_> {
    fn head(&self) {
        print!("{:44}", "");
        self.outcomes.iter().for_each(|outcome| print!("{:>26}", outcome.kind.name()));
        println!();
    }

    fn row(&self, name: &str, value: impl Fn(&Outcome) -> u64) {
        print!("{name:44}");
        self.outcomes.iter().for_each(|outcome| print!("{:>26}", value(outcome)));
        println!();
    }

    /// A row that must be 0.
    fn fault(&mut self, name: &str, value: impl Fn(&Outcome) -> usize) {
        self.row(name, |outcome| value(outcome) as u64);
        self.wrong |= self.outcomes.iter().any(|outcome| value(outcome) > 0);
    }
}

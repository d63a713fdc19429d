//! The list and its filters: whether they cost at the largest size what they cost at the smallest.

use super::{READERS, Stage, reads::LIST};
use crate::{
    Result,
    args::Engine,
    http::Ask,
    load::Load,
    people::{company, country, first, function, last, person, scatter},
    report::{Figure, Goal, Line},
};

/// The size from which on the tail is held to its goal.
const LARGE: u64 = 1_000_000;

/// What one query took, one at a time or with [`READERS`] at once.
pub struct Taken {
    what: &'static str,
    connections: usize,
    engine: Engine,
    contacts: u64,
    load: Load,
}

/// The n-th address of a query.
type Query = Box<dyn Fn(u64) -> String + Send + Sync>;

/// The queries: the n-th of each asks for another value, as people do.
fn queries(contacts: u64) -> Vec<(&'static str, Query)> {
    let companies = (contacts / 10).max(1);
    vec![
        ("list with total", Box::new(|_| LIST.to_owned())),
        ("name, of many", Box::new(name_of_many)),
        ("name, of few", Box::new(move |n| with(format!("name={} {}", first(n), last(scatter(n)))))),
        ("country", Box::new(move |n| with(format!("country={}", country(n))))),
        ("job title", Box::new(move |n| with(format!("job_title={}", function(n).to_lowercase())))),
        (
            "company name",
            Box::new(move |n| with(format!("company_name={}", company(scatter(n) % companies).0))),
        ),
        (
            "e-mail",
            Box::new(move |n| with(format!("email={}", person(scatter(n) % contacts, contacts).email))),
        ),
    ]
}

/// A list of those with a part of a name that many have.
pub fn name_of_many(n: u64) -> String {
    with(format!("name={}", first(n).to_lowercase()))
}

fn with(filter: String) -> String {
    format!("{LIST}&{}", filter.replace(' ', "%20"))
}

/// Every query on one stage.
pub async fn run(stage: &Stage<'_>) -> Result<Vec<Taken>> {
    let mut taken = Vec::new();
    for connections in [1, READERS] {
        for (what, query) in queries(stage.contacts) {
            let named = |cause| format!("{what}: {cause}");
            let load = stage.read(connections, move |n| Ask::get(query(n))).await.map_err(named)?;
            taken.push(Taken { what, connections, engine: stage.engine, contacts: stage.contacts, load });
        }
    }
    Ok(taken)
}

/// The lines, once every size was measured: each against the smallest size of its engine.
pub fn lines(all: &[Taken]) -> Vec<Line> {
    all.iter().flat_map(|taken| [typical(taken, all), tail(taken)]).collect()
}

fn typical(taken: &Taken, all: &[Taken]) -> Line {
    let line = line(taken, "p50", Figure::time(taken.load.p50));
    let same = |other: &&Taken| {
        (other.what, other.connections, other.engine) == (taken.what, taken.connections, taken.engine)
    };
    match all.iter().filter(same).min_by_key(|other| other.contacts) {
        Some(small) if small.contacts < taken.contacts => {
            line.against("fewest contacts", Figure::time(small.load.p50)).goal(Goal::RatioAtMost(1.3))
        }
        _ => line,
    }
}

fn tail(taken: &Taken) -> Line {
    let line = line(taken, "p99", Figure::time(taken.load.p99));
    if taken.contacts >= LARGE && taken.connections == 1 { line.goal(Goal::AtMost(25.0)) } else { line }
}

fn line(taken: &Taken, share: &str, figure: Figure) -> Line {
    let what = format!("{}, {} at a time, {share}", taken.what, taken.connections);
    Line::new(what, figure).at(taken.engine.name(), taken.contacts)
}

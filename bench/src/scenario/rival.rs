//! PocketBase's part of every comparison: measured once for a number of records, for both engines of ours.

use super::{READERS, WRITERS, creates, memory, reading};
use crate::{
    Result,
    args::{Run, Scenario},
    http::Ask,
    load::{self, Load, Plan},
    people::scatter,
    report::{Figure, Line},
    seed,
    server::pocketbase::{PocketBase, RECORDS},
};
use hyper::StatusCode;

/// How it is called in the table.
pub const NAME: &str = "PocketBase";

/// What to know when reading the table.
pub const ABOUT: &str = "PocketBase is given open rules and no key, and commits with synchronous=NORMAL: losing power \
                         may lose its last creates. Ours checks a key, and has a create on the disk when it answers.";

/// What it did; nothing where it was not asked, or could not.
#[derive(Default)]
pub struct Rival {
    pub list: Option<Load>,
    pub one: Option<Load>,
    pub creates: Option<Load>,
    pub idle: Option<Figure>,
    pub after: Option<Figure>,
}

/// A line with PocketBase's figure, if there is one.
pub fn against(line: Line, other: Option<Figure>) -> Line {
    match other {
        Some(figure) => line.against(NAME, figure),
        None => line,
    }
}

/// Fills it, and measures what was asked for.
pub async fn measure(run: &Run, contacts: u64) -> Result<Rival> {
    let wanted = [Scenario::Reads, Scenario::Creates, Scenario::Memory];
    let mut rival = Rival::default();
    if !wanted.into_iter().any(|scenario| run.wants(scenario)) {
        return Ok(rival);
    }
    eprintln!("PocketBase, {contacts} records");
    let filled = PocketBase::filled(run, contacts).await?;
    let running = filled.serve()?;
    let target = running.target();
    rival.idle = Some(memory::idle(&running)?);
    if run.wants(Scenario::Reads) {
        let list = |_| Ask::get(format!("{RECORDS}?perPage=50"));
        rival.list = Some(load::run(&target, reading(run, READERS), list).await?);
        let one = move |n| Ask::get(format!("{RECORDS}/{}", seed::id(scatter(n) % contacts)));
        rival.one = Some(load::run(&target, reading(run, READERS), one).await?);
    }
    if run.wants(Scenario::Creates) {
        let plan = Plan { connections: WRITERS, seconds: run.seconds, expected: StatusCode::OK };
        let create = |n| Ask::post(RECORDS, &creates::newcomer("email", n));
        rival.creates = Some(load::run(&target, plan, create).await?);
    }
    rival.after = Some(memory::now(&running)?);
    running.stop()?;
    Ok(rival)
}

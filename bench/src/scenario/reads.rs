//! A list of 50 with its total, and one contact: against bare handlers on the same data, and PocketBase.

use super::{READERS, Stage, reading, rival::against};
use crate::{
    Result,
    args::Engine,
    http::Ask,
    load::{self, Load},
    people::scatter,
    report::{Figure, Goal, Line},
    seed,
    server::bare,
};
use std::sync::Arc;

/// Rounds in which ours and the bare server take turns, so that a busy moment of the machine hits both.
const ROUNDS: usize = 2;

/// The address of a list with its total.
pub const LIST: &str = "/api/v1/contacts?limit=50";

/// Both reads.
pub async fn run(stage: &Stage<'_>) -> Result<Vec<Line>> {
    let ids = Arc::new(seed::our_ids(&stage.installation.database_url).await?);
    let one = move |n| Ask::get(format!("/api/v1/contacts/{}", some(&ids, n)));
    let (ours, theirs) = in_turns(stage, |_| Ask::get(LIST)).await?;
    let goal = if stage.contacts < 1_000_000 { 10.0 } else { 300.0 };
    let mut lines = compared(stage, "list 50 with total", (ours, theirs, 1.3), (stage.rival.list, goal));
    let (ours, theirs) = in_turns(stage, one).await?;
    let bare = if stage.engine == Engine::Sqlite { 2.0 } else { 0.85 };
    lines.extend(compared(stage, "get one", (ours, theirs, bare), (stage.rival.one, 4.0)));
    Ok(lines)
}

/// Some id.
pub fn some(ids: &[i64], n: u64) -> i64 {
    let at = scatter(n) % ids.len().max(1) as u64;
    usize::try_from(at).ok().and_then(|at| ids.get(at)).copied().unwrap_or_default()
}

/// The same load on ours and on the bare server, which idles while the other is asked.
async fn in_turns(
    stage: &Stage<'_>,
    ask: impl Fn(u64) -> Ask + Clone + Send + Sync + 'static,
) -> Result<(Load, Load)> {
    let bare = bare::serve(stage.installation)?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(stage.read(READERS, ask.clone()).await?);
        theirs.push(load::run(&bare.target(), reading(stage.run, READERS), ask.clone()).await?);
    }
    Ok((Load::mean(&ours), Load::mean(&theirs)))
}

fn compared(
    stage: &Stage<'_>,
    what: &str,
    (ours, bare, least): (Load, Load, f64),
    (rival, goal): (Option<Load>, f64),
) -> Vec<Line> {
    let line = || stage.rate(what, ours);
    vec![
        line().against("bare axum", Figure::rate(bare)).goal(Goal::RatioAtLeast(least)),
        against(line(), rival.map(Figure::rate)).goal(Goal::RatioAtLeast(goal)),
    ]
}

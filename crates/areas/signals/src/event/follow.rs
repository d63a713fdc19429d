//! `GET /events/follow`

use super::EventView;
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use g8_auth::Caller;
use g8_core::{App, Ctx, Operation, Outgoing, Spec, Stream, Verb};
use g8_domain::{Error, ErrorKind, Result, Scope, Ts};
use g8_storage::events;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::{collections::HashSet, sync::Arc, time::Duration};
use tokio::time::{Instant, timeout};
use uuid::Uuid;

/// Hear of events as they happen.
pub struct FollowEvents;

/// From when on, and of which.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Events from this moment on; from now on unless given
    pub since: Option<Ts>,
    /// Names of events; all unless given
    #[schemars(length(max = 200))]
    pub events: Option<Vec<String>>,
}

/// The file is the answer.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Output {}

/// How far back is looked for events of changes that were slow to commit: as long as one may take.
const BACK: i64 = 60 * Ts::SECOND;
/// How often is looked.
const PAUSE: Duration = Duration::from_millis(500);
/// After so long the stream ends, and who follows asks anew.
const LONGEST: Duration = Duration::from_secs(600);
/// An empty line this often, so that everybody on the way knows that it lasts.
const BEAT: Duration = Duration::from_secs(15);
/// Events that are read at a time.
const BATCH: i64 = 500;

impl Operation for FollowEvents {
    const SPEC: Spec = Spec::on(Verb::Get, "/events/follow", "event.follow", &[Scope::WEBHOOKS_READ])
        .about("Follow events as they happen, one JSON object a line; ends after ten minutes, to be asked for anew")
        .gives_file(&["application/x-ndjson"]);
    type Input = Input;
    type Output = Output;

    async fn run(ctx: &Ctx, input: Input) -> Result<Output> {
        let since = input.since.unwrap_or(ctx.now());
        let follower = Follower {
            app: ctx.app.clone(),
            caller: Arc::clone(&ctx.caller),
            names: input.events.map(|names| names.into_iter().collect()),
            since,
            known: events::first_id(since),
            seen: HashSet::new(),
            begun: Instant::now(),
            beat: Instant::now(),
            _place: ctx.app.open_stream(ctx.caller.key.id)?,
        };
        let chunks = stream::unfold(follower, |mut follower| async move {
            let chunk = follower.next().await?;
            Some((chunk, follower))
        });
        ctx.give(Outgoing {
            name: "events.ndjson".to_owned(),
            media_type: "application/x-ndjson",
            chunks: chunks.boxed(),
        });
        Ok(Output {})
    }
}

/// Somebody who follows.
struct Follower {
    app: App,
    caller: Arc<Caller>,
    names: Option<HashSet<String>>,
    /// Nothing before this is told.
    since: Ts,
    /// Behind which event the log is read the next time.
    known: Uuid,
    /// What was told of the events after it.
    seen: HashSet<Uuid>,
    /// However the clock is set, the stream lasts no longer.
    begun: Instant,
    beat: Instant,
    _place: Stream,
}

impl Follower {
    /// Some lines; none when it is time to ask anew.
    async fn next(&mut self) -> Option<Result<Bytes>> {
        loop {
            let now = Instant::now();
            if now - self.begun > LONGEST {
                return None;
            }
            match self.may_still().await {
                Ok(true) => {}
                // Who asks anew hears why.
                Ok(false) => return None,
                Err(error) => return Some(Err(error)),
            }
            match self.lines().await {
                Ok(lines) if !lines.is_empty() => {
                    self.beat = now;
                    return Some(Ok(lines.into()));
                }
                Ok(_) if now - self.beat > BEAT => {
                    self.beat = now;
                    return Some(Ok(Bytes::from_static(b"\n")));
                }
                Ok(_) => drop(timeout(PAUSE, std::future::pending::<()>()).await),
                Err(error) => return Some(Err(error)),
            }
        }
    }

    /// Whether the key still opens this: it may have been revoked, or its person have left.
    async fn may_still(&mut self) -> Result<bool> {
        let found = match self.app.find_again(&self.caller).await {
            Err(error) if error.kind == ErrorKind::Unauthorized => return Ok(false),
            found => found?,
        };
        self.caller = found;
        Ok(self.caller.require(FollowEvents::SPEC.scopes).is_ok())
    }

    async fn lines(&mut self) -> Result<Vec<u8>> {
        let mut lines = Vec::new();
        let mut known = self.known;
        loop {
            let found = events::after(&mut &self.app.db, self.caller.org.id, known, BATCH).await?;
            let Some(last) = found.last() else { break };
            known = last.id;
            let full = i64::try_from(found.len()).is_ok_and(|found| found == BATCH);
            for event in found {
                if event.at < self.since || !self.seen.insert(event.id) {
                    continue;
                }
                if self.names.as_ref().is_none_or(|names| names.contains(&event.name)) {
                    let view = EventView::new(&self.app, &self.caller, event);
                    serde_json::to_writer(&mut lines, &view).map_err(Error::internal)?;
                    lines.push(b'\n');
                }
            }
            if !full || lines.len() > 1 << 20 {
                break;
            }
        }
        // What lies far enough back cannot become more: it is not read again.
        let back = events::first_id(self.app.clock.now().plus(-BACK));
        self.known = self.known.max(known.min(back));
        self.seen.retain(|id| *id > self.known);
        Ok(lines)
    }
}

//! The work of a webhook's lane: its due deliveries, several at a time, until none is due.
//!
//! Each webhook has a lane of its own, so that a receiver that is slow or dead delays nobody else. Which of
//! several events arrives first is not promised.

use super::{
    health,
    payload::{Message, Recipient},
};
use fail::fail_point;
use g8_connect::{OutboundError, OutboundResponse};
use g8_core::{
    App,
    jobs::{self, Job, Next, Pool, Run},
};
use g8_domain::{
    Result, Ts,
    event::Ref,
    record::{Attempt, WebhookStatus},
};
use g8_storage::{
    deliveries::{self, DueDelivery},
    webhooks,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::{
    collections::{HashMap, HashSet, VecDeque},
    sync::Arc,
    time::Duration,
};
use tokio::task::JoinSet;
use uuid::Uuid;

/// Deliveries that are in memory at the same time.
const BATCH: i64 = 128;
/// Requests to one webhook that are open at the same time.
const OPEN: usize = 16;
/// Answers that one transaction notes at most.
const NOTED: usize = 64;
/// How long a lane goes on before others have a turn.
const SLICE: i64 = 60 * Ts::SECOND;
/// How long to wait for answers before looking for new events; doubled while there are none.
const LOOK: [Duration; 2] = [Duration::from_millis(50), Duration::from_secs(1)];
/// How long to let those write who are about to add an event.
const TURN: Duration = Duration::from_millis(10);
/// The beginning of an answer's body that is kept.
const KEPT: usize = 2048;

/// Delivers what is due to one webhook.
#[derive(Debug, Serialize, Deserialize)]
pub struct Deliver {
    /// Which.
    pub webhook_id: Uuid,
}

impl Job for Deliver {
    const KIND: &'static str = webhooks::LANE;
    const POOL: Pool = Pool::NETWORK;
    const MAX_ATTEMPTS: i64 = i64::MAX;

    async fn run(&self, run: &Run) -> Result<Next> {
        let until = run.app.clock.now().plus(SLICE);
        let mut lane = Lane {
            run,
            webhook: self.webhook_id,
            waiting: VecDeque::new(),
            open: HashSet::new(),
            delivered: None,
        };
        let mut answers = JoinSet::new();
        let mut look = LOOK[0];
        loop {
            let now = run.app.clock.now();
            let over = run.stopping() || now > until;
            let goes_on = !over && lane.load(now).await?;
            while answers.len() < OPEN
                && let Some((to, due)) = lane.waiting.pop_front()
            {
                lane.open.insert(due.event_id);
                answers.spawn(attempt(run.app.clone(), to, due));
                look = LOOK[0];
            }
            if !answers.is_empty() {
                match tokio::time::timeout(look, answers.join_next()).await {
                    Ok(first) => {
                        lane.note(first.into_iter().flatten().chain(ready(&mut answers)).collect()).await?;
                    }
                    Err(_) => look = LOOK[1].min(look * 2),
                }
            } else if over {
                return Ok(Next::Again(jobs::Due::Now));
            } else if !goes_on || lane.end(now).await? {
                return Ok(Next::Done);
            } else {
                // Somebody is writing an event just now; whoever asks without pause keeps them from it.
                let _ = tokio::time::timeout(TURN, std::future::pending::<()>()).await;
            }
        }
    }
}

/// The answers that are there already.
fn ready(answers: &mut JoinSet<Tried>) -> Vec<Tried> {
    std::iter::from_fn(|| answers.try_join_next()).flatten().take(NOTED).collect()
}

/// One webhook while its deliveries are made.
struct Lane<'a> {
    run: &'a Run,
    webhook: Uuid,
    /// Those whose turn comes next.
    waiting: VecDeque<(Arc<Recipient>, DueDelivery)>,
    /// Events of requests that are open.
    open: HashSet<Uuid>,
    /// When the last event arrived.
    delivered: Option<Ts>,
}

impl Lane<'_> {
    /// Looks for what is due once nothing waits; false when the webhook is to be left alone.
    async fn load(&mut self, now: Ts) -> Result<bool> {
        if !self.waiting.is_empty() || self.open.len() >= OPEN {
            return Ok(true);
        }
        let on = &mut &self.run.app.db;
        let Some(webhook) = webhooks::any(on, self.webhook).await? else { return Ok(false) };
        if webhook.status != WebhookStatus::Active || webhook.hold_until.is_some_and(|until| until > now) {
            return Ok(false);
        }
        let to = Arc::new(Recipient::new(webhook, &self.run.app.pepper));
        let open = i64::try_from(self.open.len()).unwrap_or_default();
        let due = deliveries::due(on, self.webhook, now, BATCH + open).await?;
        let due = due.into_iter().filter(|due| !self.open.contains(&due.event_id));
        self.waiting.extend(due.map(|due| (Arc::clone(&to), due)));
        Ok(true)
    }

    /// Notes what came of some tries, in one transaction.
    async fn note(&mut self, tried: Vec<Tried>) -> Result<()> {
        let now = self.run.app.clock.now();
        let mut tx = self.run.begin().await?;
        let attempts: Vec<Attempt> = tried.iter().map(|tried| tried.attempt.clone()).collect();
        deliveries::keep_attempts(&mut tx, &attempts).await?;
        let mut taken: HashMap<i64, Vec<Uuid>> = HashMap::new();
        for tried in tried.iter().filter(|tried| tried.taken()) {
            taken
                .entry(tried.attempt.response_code.unwrap_or_default())
                .or_default()
                .push(tried.attempt.event_id);
        }
        if !taken.is_empty() {
            self.delivered = Some(now);
        }
        for (code, events) in taken {
            deliveries::succeed(&mut tx, self.webhook, code, events, now).await?;
        }
        let well = health::note(&self.run.app, &mut tx, &tried, now).await?;
        fail_point!(g8_storage::points::DELIVERY_NOTED);
        tx.commit().await?;
        fail_point!(g8_storage::points::DELIVERY_COMMITTED);
        if !well {
            // What waits must not be sent to who is paused, or wants rest.
            self.waiting.clear();
        }
        for tried in tried {
            self.open.remove(&tried.attempt.event_id);
        }
        Ok(())
    }

    /// Ends the job, unless an event has come meanwhile.
    async fn end(&self, now: Ts) -> Result<bool> {
        let mut tx = self.run.begin().await?;
        fail_point!(g8_storage::points::LANE_ENDING);
        let which = (self.webhook, self.delivered);
        let ended = deliveries::end_lane(&mut tx, self.run.claim(), which, now).await?;
        if ended {
            tx.commit().await?;
            fail_point!(g8_storage::points::LANE_ENDED);
        }
        Ok(ended)
    }
}

/// One try, and what came of it.
pub(super) struct Tried {
    pub to: Arc<Recipient>,
    pub attempt: Attempt,
    /// Tries since the schedule began.
    pub since: i64,
    pub retry_after: Option<u64>,
}

impl Tried {
    /// Whether the receiver took it: a status of 2xx and nothing else.
    pub fn taken(&self) -> bool {
        self.attempt.response_code.is_some_and(|code| (200..300).contains(&code))
    }
}

async fn attempt(app: App, to: Arc<Recipient>, due: DueDelivery) -> Tried {
    let (now, number) = (app.clock.now(), due.attempts + 1);
    let sample = Ref::is_sample(&due.subject);
    let data = said(&app, (&due.name, due.version), due.data);
    let message = Message::new(due.event_id, &due.event, due.org_id, due.at, &data);
    let post = Message { test: sample, ..message }.request(&to, number, now);
    let headers: serde_json::Map<String, Value> =
        post.headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone().into())).collect();
    let answer = match app.outbound() {
        Ok(outbound) => outbound.post(post, app.config.webhooks.timeout_seconds, KEPT).await,
        Err(error) => Err(OutboundError::Unreachable(error.to_string())),
    };
    fail_point!(g8_storage::points::DELIVERY_SENT);
    let wait = answer.as_ref().ok().and_then(|answer| answer.retry_after);
    let retry_after = wait.map(|wait| wait.seconds(app.clock.now()));
    let tried = Attempt {
        webhook_id: to.webhook.id,
        event_id: due.event_id,
        attempt: number,
        at: now,
        url: to.webhook.url.clone(),
        request_headers: headers.into(),
        response_code: None,
        response_headers: None,
        response_body: None,
        error_message: None,
        duration_ms: (app.clock.now().0 - now.0) / 1000,
    };
    Tried { to, attempt: answered(tried, answer), since: number - due.retried_from, retry_after }
}

/// What an event said, as it is sent: the text that was stored. Releases before versions left out what was null.
fn said(app: &App, (name, version): (&str, i64), data: String) -> String {
    if version > 0 {
        return data;
    }
    let data = serde_json::from_str(&data).unwrap_or_default();
    app.registry.vocabulary().shown((name, version), data).to_string()
}

/// A try with what came back.
fn answered(tried: Attempt, answer: Result<OutboundResponse, OutboundError>) -> Attempt {
    match answer {
        Ok(answer) => {
            let error_message = answer.refusal();
            let headers = answer.headers.into_iter().map(|(name, value)| (name, value.into()));
            Attempt {
                response_code: Some(answer.status.into()),
                response_headers: Some(Value::Object(headers.collect())),
                response_body: Some(answer.body),
                error_message,
                ..tried
            }
        }
        Err(fault) => Attempt { error_message: Some(fault.to_string()), ..tried },
    }
}

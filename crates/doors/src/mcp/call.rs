//! One call: within its time, cancelled when nobody waits for it, and answered even when it panics.

use g8_domain::{Error, ErrorKind, Result};
use rmcp::{
    ErrorData, RoleServer,
    model::{ProgressNotificationParam, ProgressToken},
    service::RequestContext,
};
use serde_json::Value;
use std::time::Duration;
use tokio::{
    task::JoinHandle,
    time::{Instant, Interval, MissedTickBehavior, interval_at, timeout_at},
};

/// A call that takes longer says that it goes on, if it was asked to.
const QUIET: Duration = Duration::from_secs(1);
const BEAT: Duration = Duration::from_secs(5);

/// Runs `work` in a task of its own. What only `reads` ends with the wish for it; what has begun to write is
/// finished, whether or not somebody waits.
///
/// # Errors
/// The caller has cancelled it.
pub async fn run(
    work: impl Future<Output = Result<Value>> + Send + 'static,
    reads: bool,
    limit: Duration,
    context: &RequestContext<RoleServer>,
) -> Result<Result<Value>, ErrorData> {
    let mut work = Work { task: tokio::spawn(work), reads };
    let mut told = Told::new(context);
    let done = tokio::select! {
        done = timeout_at(Instant::now() + limit, &mut work.task) => done,
        () = context.ct.cancelled() => return Err(ErrorData::internal_error("cancelled", None)),
        () = told.while_it_runs() => return Err(ErrorData::internal_error("cancelled", None)),
    };
    told.at_the_end().await;
    Ok(match done {
        Ok(Ok(done)) => done,
        Ok(Err(panic)) => {
            tracing::error!(%panic, "a tool panicked");
            Err(Error::internal("panicked"))
        }
        Err(_) => {
            Err(Error::new(ErrorKind::Late, format!("The call took over {} seconds.", limit.as_secs_f32())))
        }
    })
}

/// Work in a task: left to itself it goes on, unless it only reads.
struct Work {
    task: JoinHandle<Result<Value>>,
    reads: bool,
}

impl Drop for Work {
    fn drop(&mut self) {
        if self.reads {
            self.task.abort();
        }
    }
}

/// What a caller who sent a token is told of the progress.
struct Told<'c> {
    context: &'c RequestContext<RoleServer>,
    token: Option<ProgressToken>,
    beats: Interval,
    count: u32,
}

impl<'c> Told<'c> {
    fn new(context: &'c RequestContext<RoleServer>) -> Self {
        let mut beats = interval_at(Instant::now() + QUIET, BEAT);
        beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self { context, token: context.meta.get_progress_token(), beats, count: 0 }
    }

    /// Never ends.
    async fn while_it_runs(&mut self) {
        loop {
            self.beats.tick().await;
            self.tell("working").await;
        }
    }

    /// Nothing is said of what was quick.
    async fn at_the_end(&mut self) {
        if self.count > 0 {
            self.tell("done").await;
        }
    }

    async fn tell(&mut self, message: &str) {
        let Some(token) = &self.token else { return };
        self.count += 1;
        let progress = ProgressNotificationParam::new(token.clone(), f64::from(self.count));
        // Who does not listen is no reason to stop.
        let _ = self.context.peer.notify_progress(progress.with_message(message)).await;
    }
}

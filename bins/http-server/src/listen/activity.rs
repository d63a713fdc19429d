//! Whether anybody waits for this server on a connection, or the server for somebody who has gone quiet.

use super::Pace;
use axum::body::{Body, Bytes};
use hyper::body::{Frame, SizeHint};
use std::{
    future::pending,
    pin::Pin,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    task::{Context, Poll},
};
use tokio::time::{Instant, timeout_at};

/// What happens on one connection.
#[derive(Clone)]
pub struct ConnectionActivity(Arc<Seen>);

struct Seen {
    /// Whether anything was asked for.
    asked: AtomicBool,
    /// Requests whose answers are not whole yet.
    open: AtomicUsize,
    /// Those of them that this server has to go on with.
    ours: AtomicUsize,
    /// When something last happened.
    last: Mutex<Instant>,
}

impl ConnectionActivity {
    /// Of a connection that was accepted then.
    pub fn since(accepted: Instant) -> Self {
        let (open, ours) = <(AtomicUsize, AtomicUsize)>::default();
        Self(Arc::new(Seen { asked: AtomicBool::default(), open, ours, last: Mutex::new(accepted) }))
    }

    /// A request has come.
    pub fn begin(&self) -> PendingRequest {
        self.0.asked.store(true, Ordering::Relaxed);
        self.0.open.fetch_add(1, Ordering::Relaxed);
        self.0.ours.fetch_add(1, Ordering::Relaxed);
        PendingRequest { on: self.clone(), ours: true }
    }

    /// Whether anything was asked for.
    pub fn has_asked(&self) -> bool {
        self.0.asked.load(Ordering::Relaxed)
    }

    /// Something has happened.
    pub fn touch(&self) {
        *self.0.last.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    /// Ends when the peer has been quiet for too long: with nothing asked, or not taking what it asked for.
    /// Pings are no sign of life.
    pub async fn gone_quiet(&self, pace: Pace) {
        loop {
            let last = *self.0.last.lock().unwrap_or_else(PoisonError::into_inner);
            let waits = self.0.open.load(Ordering::Relaxed) == 0;
            let until = last + if waits { pace.headers } else { pace.answer };
            let ours = self.0.ours.load(Ordering::Relaxed) > 0;
            let now = Instant::now();
            if !ours && until <= now {
                return;
            }
            let next = if ours { now + pace.headers } else { until };
            let _ = timeout_at(next, pending::<()>()).await;
        }
    }
}

/// A request that was asked and whose answer is not whole yet.
pub struct PendingRequest {
    on: ConnectionActivity,
    ours: bool,
}

impl PendingRequest {
    /// Says whose turn it is.
    fn turn(&mut self, ours: bool) {
        if self.ours == ours {
            return;
        }
        self.ours = ours;
        if ours {
            self.on.0.ours.fetch_add(1, Ordering::Relaxed);
        } else {
            self.on.touch();
            self.on.0.ours.fetch_sub(1, Ordering::Relaxed);
        }
    }
}

impl Drop for PendingRequest {
    fn drop(&mut self) {
        self.on.touch();
        self.turn(false);
        self.on.0.open.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The body of an answer.
pub struct TrackedBody {
    body: Body,
    asked: PendingRequest,
}

impl TrackedBody {
    /// Of a request that was asked.
    pub fn to(mut asked: PendingRequest, body: Body) -> Self {
        asked.turn(false);
        Self { body, asked }
    }
}

impl hyper::body::Body for TrackedBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        now: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let this = self.get_mut();
        let frame = Pin::new(&mut this.body).poll_frame(now);
        // Whoever waits here for the next part takes what there is; what is not asked for is not taken.
        this.asked.turn(frame.is_pending());
        if frame.is_ready() {
            this.asked.on.touch();
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
